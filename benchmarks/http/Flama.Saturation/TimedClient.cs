using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Flama.Saturation;

/// <summary>A client that sends one request after the other from the thread that calls it, and tells how long each answer took.</summary>
internal sealed class TimedClient(Uri url, string method, byte[] content, bool closes, int pause)
{
    private readonly byte[] request =
    [
        .. Encoding.ASCII.GetBytes(
            $"{method} {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n{(content.Length > 0 ? $"Content-Type: application/json\r\nContent-Length: {content.Length}\r\n" : "")}\r\n"),
        .. content,
    ];

    private readonly byte[] buffer = new byte[1 << 20];

    /// <summary>Sends until a time has come.</summary>
    /// <param name="end">The time, by <see cref="Stopwatch"/>.</param>
    /// <param name="note">Takes the status, 0 for none, and the milliseconds of each answer.</param>
    public void Run(long end, Action<int, double> note)
    {
        Socket? socket = null;
        while (Stopwatch.GetTimestamp() < end)
        {
            var start = Stopwatch.GetTimestamp();
            if (socket is null)
            {
                socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(url.Host, url.Port);
            }

            socket.Send(request);
            var (status, isOpen) = Receive(socket);
            note(status, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (closes || !isOpen)
            {
                socket.Dispose();
                socket = null;
            }

            Thread.Sleep(pause);
        }

        socket?.Dispose();
    }

    /// <summary>Prints how long answers took.</summary>
    public static void Print(string what, List<double> times)
    {
        times.Sort();
        double At(double share) => times.Count == 0 ? double.NaN : times[Math.Min(times.Count - 1, (int)(share * times.Count))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-10} {times.Count,7} answers   p50 {At(0.5),8:0.00} ms   p99 {At(0.99),8:0.00} ms   max {At(1),8:0.00} ms"));
    }

    private (int Status, bool IsOpen) Receive(Socket socket)
    {
        var (length, whole, status) = (0, int.MaxValue, 0);
        while (length < whole)
        {
            var read = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            if (read == 0)
            {
                return (status, false);
            }

            length += read;
            if (whole == int.MaxValue && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is >= 0 and var headEnd)
            {
                var text = Encoding.ASCII.GetString(buffer, 0, headEnd);
                status = int.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture);
                var mark = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
                whole = mark < 0 ? int.MaxValue : headEnd + 4 + int.Parse(text[(mark + 16)..].Split('\r')[0], CultureInfo.InvariantCulture);
            }
        }

        return (status, true);
    }
}
