using Microsoft.Extensions.Logging;

namespace Flama.Cli.Logging;

/// <summary>What is logged, where, and how it is written.</summary>
internal sealed record LogRouting
{
    /// <summary>Where messages go; empty for nowhere.</summary>
    public required IReadOnlyList<LogSink> Server { get; init; }

    /// <summary>Where requests go; empty for nowhere.</summary>
    public required IReadOnlyList<LogSink> Access { get; init; }

    /// <summary>The least important messages to show.</summary>
    public LogLevel Minimum { get; init; } = LogLevel.Information;

    /// <summary>The same for categories of the framework, by the beginning of their name.</summary>
    public IReadOnlyDictionary<string, LogLevel> Categories { get; init; } = new Dictionary<string, LogLevel>(StringComparer.Ordinal);

    /// <summary>The routing when no file says anything: messages to standard error, requests to standard output.</summary>
    public static LogRouting Default { get; } = new()
    {
        Server = [new(LogTarget.Error, null, false, new TextLayout(TextLayout.DefaultPattern, useColors: false))],
        Access = [new(LogTarget.Output, null, false, new TextLayout(TextLayout.AccessPattern, useColors: false))],
    };
}
