using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Flama.Tests;

namespace Flama.Benchmarks;

/// <summary>
/// Times the models of <c>tests/fixtures/sklearn-speed</c> side by side with Python, model by model in turn, one thread each, and prints the ratios.
/// </summary>
internal static class PythonComparison
{
    private const int BatchRows = 10_000;
    private const int Rounds = 3;

    /// <summary>Runs the comparison.</summary>
    /// <param name="python">The Python that has scikit-learn, for example <c>/usr/bin/python3</c>.</param>
    /// <param name="only">The models to time; empty for all.</param>
    public static void Run(string python, IReadOnlyList<string> only)
    {
        string[] names = [.. Fixtures.List("sklearn-speed", "*.pkl").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => only.Count == 0 || only.Contains(name, StringComparer.Ordinal))];
        Console.WriteLine("| model | 1 row, Python µs | ours µs | times | 10 000 rows, Python rows/s | ours rows/s | times | load, Python ms | ours ms | times | Python kB | ours kB | times |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var name in names)
        {
            var rounds = Enumerable.Range(0, Rounds).Select(_ => (Python: TimePython(python, name), Ours: Time(name))).ToArray();
            if (rounds[0].Python is null)
            {
                Console.WriteLine($"| {name} | not installed | {rounds[0].Ours.One:0.00} | | | {rounds[0].Ours.RowsPerSecond:0} | | | {rounds[0].Ours.Load:0.00} | | | {rounds[0].Ours.Kilobytes:0} | |");
                continue;
            }

            var p = rounds.Select(round => round.Python!.Value).ToArray();
            var o = rounds.Select(round => round.Ours).ToArray();
            var (one, rows, load) = (Median(p, t => t.One), Median(p, t => t.RowsPerSecond), Median(p, t => t.Load));
            var (kilobytes, ourKilobytes) = (Median(p, t => t.Kilobytes), Median(o, t => t.Kilobytes));
            var (ourOne, ourRows, ourLoad) = (Median(o, t => t.One), Median(o, t => t.RowsPerSecond), Median(o, t => t.Load));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {one:0.0} | {ourOne:0.00} | {one / ourOne:0} | {rows:0} | {ourRows:0} | {ourRows / rows:0.00} | {load:0.000} | {ourLoad:0.000} | {load / ourLoad:0.0} | {kilobytes:0} | {ourKilobytes:0} | {kilobytes / ourKilobytes:0.0} |"));
        }
    }

    private static double Median(Timing[] timings, Func<Timing, double> figure)
    {
        var sorted = timings.Select(figure).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static Timing? TimePython(string python, string name)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Fixtures.RepositoryPathOf("benchmarks", "sklearn", "time_python.py"));
        start.ArgumentList.Add(Fixtures.PathOf("sklearn-speed"));
        start.ArgumentList.Add(name);
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        using var answer = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        var root = answer.RootElement;
        return root.TryGetProperty("error", out _)
            ? null
            : new(root.GetProperty("one_us").GetDouble(), root.GetProperty("rows_per_s").GetDouble(), root.GetProperty("load_ms").GetDouble(), root.GetProperty("load_kb").GetDouble());
    }

    private static Timing Time(string name)
    {
        var timed = new TimedModel(name);
        Warm(timed.Load, 3000);
        var loads = Samples(30, timed.Load);
        var predictOne = timed.Predict(1);
        var predictMany = timed.Predict(BatchRows);

        Warm(predictOne, 1500);
        var singles = Samples(200, () =>
        {
            for (var i = 0; i < 50; i++)
            {
                predictOne();
            }
        });
        predictMany();
        var batches = Samples(8, predictMany);
        return new(singles[singles.Length / 2] * 1e6 / 50, BatchRows / batches[0], loads[loads.Length / 2] * 1e3, timed.LoadKilobytes());
    }

    // Long enough for the compiler's last tier.
    private static void Warm(Action action, int milliseconds)
    {
        var warm = Stopwatch.StartNew();
        while (warm.ElapsedMilliseconds < milliseconds)
        {
            action();
        }
    }

    private static double[] Samples(int count, Action action)
    {
        var samples = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            samples[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(samples);
        return samples;
    }

    private readonly record struct Timing(double One, double RowsPerSecond, double Load, double Kilobytes);
}
