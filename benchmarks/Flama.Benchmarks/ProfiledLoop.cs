using System.Diagnostics;

namespace Flama.Benchmarks;

/// <summary>One thing over and over, for a profiler to look at: 0 rows load the model, others predict.</summary>
internal static class ProfiledLoop
{
    /// <summary>Runs the loop and prints how often it went round.</summary>
    public static void Run(string name, int rows, TimeSpan duration)
    {
        var timed = new TimedModel(name);
        var action = rows == 0 ? timed.Load : timed.Predict(rows);
        var watch = Stopwatch.StartNew();
        long rounds = 0;
        for (; watch.Elapsed < duration; rounds++)
        {
            action();
        }

        Console.WriteLine($"{name}, {rows} rows: {watch.Elapsed.TotalMicroseconds / rounds:0.000} us a round");
    }
}
