using Microsoft.Extensions.Logging;

namespace Flama.Cli.Logging;

/// <summary>What is logged, where, and how it is written.</summary>
internal sealed record LogRouting
{
    // The start lines tell of models, and a failure to start has its own message.
    private static readonly string[] Silent = ["Flama.AspNetCore.Models", "Microsoft.Extensions.Hosting"];

    /// <summary>Where messages go; empty for nowhere.</summary>
    public required IReadOnlyList<LogHandler> Server { get; init; }

    /// <summary>Where requests go; empty for nowhere.</summary>
    public required IReadOnlyList<LogHandler> Access { get; init; }

    /// <summary>The least important messages to show.</summary>
    public LogLevel Minimum { get; init; } = LogLevel.Information;

    /// <summary>The same for categories of the framework, by the beginning of their name.</summary>
    public IReadOnlyDictionary<string, LogLevel> Categories { get; init; } = new Dictionary<string, LogLevel>(StringComparer.Ordinal);

    /// <summary>The routing without a log configuration: messages to standard error, requests to standard output.</summary>
    public static LogRouting Default { get; } = new()
    {
        Server = [new(new TextFormatter(TextFormatter.DefaultPattern))],
        Access = [new(new TextFormatter(TextFormatter.AccessPattern)) { IsOutput = true }],
    };

    /// <summary>Makes the framework's log.</summary>
    /// <exception cref="FlamaException">A file cannot be written.</exception>
    public ILoggerFactory ToFactory()
    {
        // The framework's own messages count as less important than those of the program. Names are compared in any letter case.
        var framework = Minimum is LogLevel.Information ? LogLevel.Warning : Minimum;
        LoggerFilterOptions filter = new();
        foreach (var (category, level) in Categories
            .Prepend(new(LogEvent.Own, Minimum)).Prepend(new("Flama.", framework)).Prepend(new("", framework))
            .Concat(Silent.Select(category => new KeyValuePair<string, LogLevel>(category, LogLevel.None))))
        {
            filter.Rules.Add(new LoggerFilterRule(null, category.Length == 0 ? null : category, level, null));
        }

        List<ILoggerProvider> providers = [];
        try
        {
            providers.AddRange(Server.Select(handler => handler.ToProvider()));
            return new LoggerFactory(providers, filter);
        }
        catch
        {
            providers.ForEach(provider => provider.Dispose());
            throw;
        }
    }
}
