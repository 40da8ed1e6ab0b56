using Flama.AspNetCore.Logging;
using Flama.Cli.Commands;
using Flama.Cli.Settings;
using Flama.Hosting;
using Flama.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Logging;

/// <summary>Finds out what is logged, where and how: a log configuration, if one is named, and the options, which win over it.</summary>
internal static class LogSetup
{
    // The start lines tell of models, and a failure to start has its own message.
    private static readonly string[] Silent = ["Flama.AspNetCore.Models", "Microsoft.Extensions.Hosting"];

    // What the server does without being asked at that moment.
    private static readonly string[] News = ["Flama.AspNetCore.Stores", "Flama.Hosting.Keys"];

    /// <summary>Reads the options and the file that they name.</summary>
    /// <param name="context">Settings; takes a notice of what has no meaning.</param>
    /// <exception cref="FlamaException">The file cannot be read, or something in it is wrong.</exception>
    public static LogRouting Read(CommandContext context)
    {
        var values = context.Values;
        var routing = values.Find(ServerSettings.LogConfig) is { } entry
            ? ReadFile(context, entry)
            : LogRouting.Default with
            {
                Server = [new LogHandler(new TextLogFormatter(TextLogFormatter.DefaultPattern, UseColors(context, null)))],
            };
        if (values.Get(ServerSettings.LogFormat) == "json")
        {
            routing = routing with
            {
                Server = [.. routing.Server.Select(handler => handler with { Formatter = new JsonLogFormatter { Minimum = handler.Formatter.Minimum } })],
                Access = [.. routing.Access.Select(handler => handler with { Formatter = new JsonLogFormatter { Minimum = handler.Formatter.Minimum } })],
            };
        }

        var level = LogLevels.Of(values.Get(ServerSettings.LogLevel))!.Value;
        return routing with
        {
            Minimum = values.IsSet(ServerSettings.LogLevel) ? level : routing.Minimum,
            Access = values.Get(ServerSettings.AccessLog) && (!values.IsSet(ServerSettings.LogLevel) || level <= LogLevel.Information) ? routing.Access : [],
        };
    }

    /// <summary>Makes the log of the server.</summary>
    /// <exception cref="FlamaException">A file cannot be written.</exception>
    public static ILoggerFactory Open(LogRouting routing)
    {
        // The framework's own messages count as less important than those of the program. Names are compared in any letter case.
        var framework = routing.Minimum is LogLevel.Information ? LogLevel.Warning : routing.Minimum;
        LoggerFilterOptions filter = new();
        foreach (var (category, level) in routing.Categories
            .Prepend(new(PredictionLogOptions.Category, LogLevel.Information)).Prepend(new(LogEvent.Server, routing.Minimum)).Prepend(new("Flama.", framework)).Prepend(new("", framework))
            .Concat(News.Select(category => new KeyValuePair<string, LogLevel>(category, routing.Minimum)))
            .Concat(Silent.Select(category => new KeyValuePair<string, LogLevel>(category, LogLevel.None))))
        {
            filter.Rules.Add(new LoggerFilterRule(null, category.Length == 0 ? null : category, level, null));
        }

        return new LoggerFactory(routing.CreateProviders(), filter);
    }

    private static LogRouting ReadFile(CommandContext context, SettingEntry entry)
    {
        SortedSet<string> ignored = new(StringComparer.Ordinal);
        var node = entry.Origin.Rank == SettingRank.ConfigurationFile && context.Configuration?.LogConfiguration is { } inline
            ? inline
            : ConfigDocument.Read(entry.Text, "log configuration");
        var routing = LogRouting.Read(node, entry.Text, own => UseColors(context, own), ignored);
        if (ignored.Count > 0)
        {
            context.Notices.Add($"Without effect in the log configuration: {string.Join(", ", ignored)}");
        }

        return routing;
    }

    private static bool UseColors(CommandContext context, bool? own) =>
        context.Values.IsSet(ServerSettings.UseColors) ? context.Values.Get(ServerSettings.UseColors) : own ?? context.Console.IsErrorTerminal;
}
