using System.Diagnostics;

namespace Flama.Benchmarks;

/// <summary>One thing over and over, for a profiler to look at: 0 rows load the model, others predict.</summary>
internal static class ProfiledLoop
{
    /// <summary>Runs the loop and prints how often it went round.</summary>
    public static void Run(string name, int rows, TimeSpan duration)
    {
        var action = name == SyntheticCatBoost.Name ? PredictCatBoost(rows) : TimedModelAction(name, rows);
        var allocated = GC.GetTotalAllocatedBytes();
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        long rounds = 0;
        for (; watch.Elapsed < duration; rounds++)
        {
            action();
        }

        // On a machine that others use too, the time of the processor tells more than that of the clock.
        processor = Environment.CpuUsage.TotalTime - processor;
        Console.WriteLine(
            $"{name}, {rows} rows: {watch.Elapsed.TotalMicroseconds / rounds:0.000} us a round, {processor.TotalMicroseconds / rounds:0.000} us of the processor, {(GC.GetTotalAllocatedBytes() - allocated) / rounds} bytes");
    }

    private static Action TimedModelAction(string name, int rows)
    {
        var timed = new TimedModel(name);
        return rows == 0 ? timed.Load : timed.Predict(rows);
    }

    private static Action PredictCatBoost(int rows)
    {
        if (rows == 0)
        {
            return () => SyntheticCatBoost.Load().Dispose();
        }

        var predict = SyntheticCatBoost.Load().GetMethod(ModelMethod.Predict);
        var batch = SyntheticCatBoost.Rows(rows);
        return () => predict.Invoke(batch).Dispose();
    }
}
