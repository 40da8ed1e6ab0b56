using System.Diagnostics;
using System.Globalization;

namespace Flama.ConformanceTests.Mutations;

/// <summary>Has changed copies tried in child processes, within limits of time and memory, and keeps those that fail otherwise than by a typed error.</summary>
/// <param name="kind">The kind of files.</param>
/// <param name="directory">Where copies that fail are kept; null for nowhere.</param>
internal sealed class MutationRun(string kind, string? directory)
{
    private const long MaxGrowth = 500 * 1024, MaxResident = 2 * 1024 * 1024;
    private const int MaxFindings = 200;
    private const double MaxMilliseconds = 5_000;

    // A machine with other work may stand still for a while; processor time is what counts.
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(60), WatchEvery = TimeSpan.FromMilliseconds(100);

    private readonly SortedDictionary<string, int> results = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<ModelFiles> seeds = MutationSeeds.Of(kind);

    /// <summary>What failed, with the number of the copy.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Tries copies.</summary>
    public async Task TryAsync(int first, int count, CancellationToken cancellationToken)
    {
        for (var next = first; next < first + count && Findings.Count < MaxFindings;)
        {
            using var process = MutationTrial.Start(kind, next, first + count - next);
            next = await ReadAsync(process, next, cancellationToken);
        }
    }

    public override string ToString() => $"{kind}: {seeds.Count} models, {string.Join(", ", results.Select(result => $"{result.Value} {result.Key}"))}";

    // Reads until the process ends; gives the number after the last one that was tried.
    private async Task<int> ReadAsync(Process process, int number, CancellationToken cancellationToken)
    {
        var errors = ReadTailAsync(process.StandardError);
        string? end = null;
        var reached = number - 1;
        using CancellationTokenSource watching = new();
        var watch = WatchAsync(process, watching.Token);
        try
        {
            while (end is null)
            {
                using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                late.CancelAfter(LongestTrial);
                string? line;
                try
                {
                    line = await process.StandardOutput.ReadLineAsync(late.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    end = "hangs";
                    break;
                }

                switch (line)
                {
                    case null:
                        end = "ends the process";
                        break;
                    case "done":
                        return int.MaxValue;
                    case ['=', ..]:
                        Note(reached, line[2..].Split(' ', 3));
                        break;
                    default:
                        reached = int.Parse(line, CultureInfo.InvariantCulture);
                        break;
                }
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await watching.CancelAsync();
        }

        await process.WaitForExitAsync(cancellationToken);
        var isSwollen = await watch;
        Keep(reached, $"{(isSwollen ? "takes more than 2 GB" : end)} (exit {process.ExitCode}) {await errors}");
        return reached + 1;
    }

    private void Note(int number, string[] parts)
    {
        var (grown, milliseconds, result) = (long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
        var name = result.StartsWith("failed", StringComparison.Ordinal) ? "failed" : result;
        results[name] = results.GetValueOrDefault(name) + 1;
        if (name == "failed" || grown > MaxGrowth || milliseconds > MaxMilliseconds)
        {
            Keep(number, string.Create(CultureInfo.InvariantCulture, $"{grown / 1024} MB, {milliseconds} ms: {(result.Length > 600 ? result[..600] : result)}"));
        }
    }

    private void Keep(int number, string what)
    {
        var copy = Mutation.Make(seeds, number);
        Findings.Add($"{kind} {number} ({copy.Name}): {what}");
        if (directory is not null)
        {
            var folder = Path.Combine(directory, $"{kind}-{number}");
            Directory.CreateDirectory(folder);
            copy.WriteTo(folder);
            File.WriteAllText(Path.Combine(folder, "finding.txt"), Findings[^1]);
        }
    }

    private static async Task<bool> WatchAsync(Process process, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(WatchEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (MutationTrial.Kilobytes(process.Id.ToString(CultureInfo.InvariantCulture), "VmRSS") > MaxResident)
                {
                    process.Kill();
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It ended within its limit.
        }

        return false;
    }

    private static async Task<string> ReadTailAsync(StreamReader reader)
    {
        Queue<string> last = new();
        while (await reader.ReadLineAsync() is { } line)
        {
            last.Enqueue(line);
            if (last.Count > 12)
            {
                last.Dequeue();
            }
        }

        var text = string.Join(" | ", last);
        return text.Length > 1500 ? text[^1500..] : text;
    }
}
