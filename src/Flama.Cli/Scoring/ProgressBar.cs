using System.Globalization;
using System.Text;
using Flama.Scoring;

namespace Flama.Cli.Scoring;

/// <summary>A bar on a terminal: how far, how many rows, how fast. Silent where standard error is not a terminal.</summary>
/// <param name="terminal">The terminal; null for none.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressBar(TextWriter? terminal, TimeProvider time) : IProgress<ScoringProgress>
{
    private const int Width = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long start = time.GetTimestamp();
    private long last = time.GetTimestamp();
    private bool isShown;

    /// <inheritdoc/>
    public void Report(ScoringProgress value)
    {
        if (terminal is null || time.GetElapsedTime(last) < Interval)
        {
            return;
        }

        last = time.GetTimestamp();
        isShown = true;
        terminal.Write($"\r{Bar(value.Share)}{Rate(value.Rows)}\u001b[K");
        terminal.Flush();
    }

    /// <summary>Shows the whole run in one line, if any of it was shown.</summary>
    public void End(long rows)
    {
        if (terminal is not null && isShown)
        {
            var seconds = time.GetElapsedTime(start).TotalSeconds;
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\r{Rate(rows)} in {seconds:0.0} s\u001b[K"));
        }
    }

    /// <summary>Takes an unfinished bar away, so that a message has a line of its own.</summary>
    public void Clear()
    {
        if (isShown)
        {
            terminal!.Write("\r\u001b[K");
        }
    }

    private static string Bar(double? share)
    {
        if (share is not { } part)
        {
            return "";
        }

        var full = (int)Math.Round(part * Width);
        return new StringBuilder("[").Append('#', full).Append('.', Width - full).Append("] ")
            .Append(CultureInfo.InvariantCulture, $"{part * 100,3:0}% ").ToString();
    }

    private string Rate(long rows)
    {
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var rate = seconds > 0 ? rows / seconds : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {rate:N0} rows/s");
    }
}
