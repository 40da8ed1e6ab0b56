using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Flama.Hosting.Health;

/// <summary>One request on the health port. The answer is short enough for the socket's buffer, so that nothing waits.</summary>
internal sealed class HealthConnection(Socket socket)
{
    private const int MaxHead = 8192;

    private static readonly long Limit = (long)TimeSpan.FromSeconds(2).TotalMilliseconds;

    private readonly byte[] head = new byte[MaxHead];
    private readonly long begun = Environment.TickCount64;
    private int length;

    /// <summary>Whether the request takes too long to arrive.</summary>
    public bool IsOverdue => Environment.TickCount64 - begun > Limit;

    /// <summary>Reads what has arrived, and answers when the head is complete.</summary>
    /// <returns>Whether the connection goes on.</returns>
    public bool Read(HealthProbe probe)
    {
        try
        {
            var read = socket.Receive(head.AsSpan(length), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return true;
            }

            length += read;
            if (read == 0 || error != SocketError.Success)
            {
                return false;
            }

            var request = head.AsSpan(0, length);
            if (request.IndexOf("\r\n\r\n"u8) < 0 && request.IndexOf("\n\n"u8) < 0)
            {
                return length < MaxHead;
            }

            socket.Send(Answer(request, probe));
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The client has left.
        }

        return false;
    }

    private static byte[] Answer(ReadOnlySpan<byte> request, HealthProbe probe)
    {
        var line = Encoding.Latin1.GetString(request[..request.IndexOf((byte)'\n')]).Trim().Split(' ');
        if (line.Length != 3 || !line[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            return Answer("400 Bad Request", [], hasBody: true);
        }

        var isHead = line[0] == "HEAD";
        if (!isHead && line[0] != "GET")
        {
            return Answer("405 Method Not Allowed\r\nAllow: GET, HEAD", [], hasBody: true);
        }

        var path = line[1].Split('?')[0].TrimEnd('/');
        HealthQuestion? question = path switch
        {
            "/health" => HealthQuestion.All,
            "/health/live" => HealthQuestion.Live,
            "/health/ready" => HealthQuestion.Ready,
            "/health/startup" => HealthQuestion.Startup,
            _ => null,
        };
        if (question is null)
        {
            return Answer("404 Not Found", [], !isHead);
        }

        var answer = probe.Answer(question.Value);
        return Answer(answer.HttpStatus == 200 ? "200 OK" : "503 Service Unavailable", answer.ToJson().Span, !isHead);
    }

    private static byte[] Answer(string status, ReadOnlySpan<byte> body, bool hasBody)
    {
        var headers = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"));
        return hasBody ? [.. headers, .. body] : headers;
    }
}
