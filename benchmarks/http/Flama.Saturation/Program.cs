// Asks a server that is under load, from threads that do nothing else, and prints how long answers took.
// usage: Flama.Saturation HEALTH_URL PREDICT_URL BODY_FILE SECONDS
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

var (health, predict, body, seconds) = (new Uri(args[0]), new Uri(args[1]), File.ReadAllBytes(args[2]), int.Parse(args[3], CultureInfo.InvariantCulture));
var end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
List<double> healthTimes = [], accepted = [], refused = [];
Thread[] threads =
[
    new(() => Ask(health, "GET", [], closes: true, (_, time) => healthTimes.Add(time), pause: 5)),
    new(() => Ask(predict, "POST", body, closes: false, (status, time) => (status == 200 ? accepted : refused).Add(time), pause: 2)),
];
foreach (var thread in threads)
{
    thread.Start();
}

foreach (var thread in threads)
{
    thread.Join();
}

Print("health", healthTimes);
Print("accepted", accepted);
Print("refused", refused);

void Ask(Uri url, string method, byte[] content, bool closes, Action<int, double> note, int pause)
{
    var head = Encoding.ASCII.GetBytes(
        $"{method} {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n{(content.Length > 0 ? $"Content-Type: application/json\r\nContent-Length: {content.Length}\r\n" : "")}\r\n");
    byte[] request = [.. head, .. content];
    var buffer = new byte[1 << 20];
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
        var (length, whole, status) = (0, int.MaxValue, 0);
        while (length < whole)
        {
            var read = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            if (read == 0)
            {
                break;
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

        note(status, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        if (closes || length == 0)
        {
            socket.Dispose();
            socket = null;
        }

        Thread.Sleep(pause);
    }

    socket?.Dispose();
}

static void Print(string what, List<double> times)
{
    times.Sort();
    double At(double share) => times.Count == 0 ? double.NaN : times[Math.Min(times.Count - 1, (int)(share * times.Count))];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-10} {times.Count,7} answers   p50 {At(0.5),8:0.00} ms   p99 {At(0.99),8:0.00} ms   max {At(1),8:0.00} ms"));
}
