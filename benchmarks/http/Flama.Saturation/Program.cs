// Asks a server that is under load, from threads that do nothing else, and prints how long answers took.
// usage: Flama.Saturation HEALTH_URL PREDICT_URL BODY_FILE SECONDS
//        Flama.Saturation hostile PREDICT_URL BODY_FILE SERVER_PID IDLE SLOW_HEADS SLOW_BODIES SECONDS SLOW_SECONDS
using System.Diagnostics;
using System.Globalization;
using Flama.Saturation;

int Number(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);
if (args[0] == "hostile")
{
    new HostileClients(new Uri(args[1]), File.ReadAllBytes(args[2]), Number(3), Number(4), Number(5), Number(6)).Run(Number(7), Number(8));
    return;
}

var (health, predict, body) = (new Uri(args[0]), new Uri(args[1]), File.ReadAllBytes(args[2]));
var end = Stopwatch.GetTimestamp() + (Number(3) * Stopwatch.Frequency);
List<double> healthTimes = [], accepted = [], refused = [];
Thread[] threads =
[
    new(() => new TimedClient(health, "GET", [], closes: true, pause: 5).Run(end, (_, time) => healthTimes.Add(time))),
    new(() => new TimedClient(predict, "POST", body, closes: false, pause: 2).Run(end, (status, time) => (status == 200 ? accepted : refused).Add(time))),
];
foreach (var thread in threads)
{
    thread.Start();
}

foreach (var thread in threads)
{
    thread.Join();
}

TimedClient.Print("health", healthTimes);
TimedClient.Print("accepted", accepted);
TimedClient.Print("refused", refused);
