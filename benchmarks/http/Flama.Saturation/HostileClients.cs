using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flama.Saturation;

/// <summary>Many connections that do nothing, heads and bodies that come byte by byte, and how another client and the server's memory fare meanwhile.</summary>
internal sealed class HostileClients(Uri url, byte[] body, int server, int idleCount, int slowCount, int bodyCount)
{
    private static readonly byte[] Health = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();
    private static readonly byte[] SlowHead = Encoding.ASCII.GetBytes($"POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Slow: {new string('s', 4000)}");
    private static readonly byte[] SlowBody = "POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n"u8.ToArray();

    private readonly IPEndPoint address = new(IPAddress.Parse(url.Host), url.Port);
    private long cut;
    private long sent;

    /// <summary>Measures before, with idle connections, with all of them, and after.</summary>
    /// <param name="quiet">Seconds of the parts without slow senders.</param>
    /// <param name="slow">Seconds of the part with them.</param>
    public void Run(int quiet, int slow)
    {
        // What is compiled on first use is not what is measured.
        Ask(3, (_, _) => { });
        Measure("before", quiet);
        var start = Stopwatch.GetTimestamp();
        var idle = Enumerable.Range(0, idleCount).Select(i => Connect(i % 2 == 0 ? Health : [])).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"           {idle.Count} idle connections in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, half of them after a request"));
        Measure("idle", quiet);
        using (CancellationTokenSource over = new())
        {
            Thread[] senders = [new(() => Drip(slowCount, [], SlowHead, over.Token)), new(() => Drip(bodyCount, SlowBody, "1"u8.ToArray(), over.Token))];
            Array.ForEach(senders, thread => thread.Start());
            Measure("all", slow);
            over.Cancel();
            Array.ForEach(senders, thread => thread.Join());
        }

        Console.WriteLine($"           {slowCount} heads and {bodyCount} bodies, a byte per second each: {sent} bytes sent, cut off {cut} times; idle connections still open: {idle.Count(IsOpen)}");
        idle.ForEach(socket => socket.Dispose());
        Measure("after", quiet);
    }

    private void Measure(string what, int seconds)
    {
        List<double> times = [];
        var refused = 0;
        Ask(seconds, (status, time) =>
        {
            times.Add(time);
            refused += status == 200 ? 0 : 1;
        });
        TimedClient.Print(what, times);
        Console.WriteLine($"           {refused} of them not 200; memory of the server {ResidentMegabytes()} MB, descriptors {Directory.GetFiles($"/proc/{server}/fd").Length}");
    }

    private void Ask(int seconds, Action<int, double> note) =>
        new TimedClient(url, "POST", body, closes: false, pause: 2).Run(Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency), note);

    private Socket Connect(byte[] first)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address);
        if (first.Length > 0)
        {
            socket.Send(first);
        }

        return socket;
    }

    // Every connection sends the next byte of its text each second; one that the server has closed is opened anew.
    private void Drip(int count, byte[] first, byte[] text, CancellationToken over)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => Connect(first)).ToArray();
        var positions = new int[count];
        while (!over.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)))
        {
            for (var i = 0; i < count; i++)
            {
                try
                {
                    if (!IsOpen(sockets[i]))
                    {
                        Interlocked.Increment(ref cut);
                        sockets[i].Dispose();
                        sockets[i] = Connect(first);
                        positions[i] = 0;
                    }

                    sockets[i].Send(text, positions[i]++ % text.Length, 1, SocketFlags.None);
                    Interlocked.Increment(ref sent);
                }
                catch (SocketException)
                {
                    // The next round opens it anew.
                }
            }
        }

        Array.ForEach(sockets, socket => socket.Dispose());
    }

    private static bool IsOpen(Socket socket)
    {
        try
        {
            // Reads away what was answered; the end of the stream is what tells.
            Span<byte> buffer = stackalloc byte[4096];
            while (socket.Poll(0, SelectMode.SelectRead))
            {
                if (socket.Receive(buffer) == 0)
                {
                    return false;
                }
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private long ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{server}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
