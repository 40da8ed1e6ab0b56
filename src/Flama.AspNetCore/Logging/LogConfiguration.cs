using Flama.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Logging;

/// <summary>Reads a log configuration of the shape that Python's <c>logging.config.dictConfig</c> takes, as far as it has a meaning here.</summary>
internal sealed class LogConfiguration
{
    private const string Stream = "logging.StreamHandler";

    private readonly Dictionary<string, (string? Pattern, bool? UseColors, bool IsJson)> formatters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogHandler?> handlers = new(StringComparer.Ordinal);
    private readonly LogSection root;
    private readonly ICollection<string> ignored;
    private readonly Func<bool?, bool> useColors;

    private LogConfiguration(LogSection root, Func<bool?, bool> useColors, ICollection<string> ignored)
    {
        this.root = root;
        this.useColors = useColors;
        this.ignored = ignored;
    }

    /// <inheritdoc cref="LogRouting.Read(ConfigNode, string, Func{bool?, bool}?, ICollection{string}?)"/>
    public static LogRouting Read(ConfigNode node, string file, Func<bool?, bool> useColors, ICollection<string> ignored)
    {
        if (node.Kind != ConfigNodeKind.Map)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"'{file}' is {node.InMessage}, expected an object with formatters, handlers and loggers.");
        }

        LogConfiguration configuration = new(new LogSection("", node, file), useColors, ignored);
        return configuration.Read();
    }

    private LogRouting Read()
    {
        root.Ignore(ignored, "version", "disable_existing_loggers", "incremental", "formatters", "handlers", "loggers", "root");
        foreach (var (name, formatter) in root.Section("formatters").Sections())
        {
            formatters[name] = ReadFormatter(formatter);
        }

        foreach (var (name, handler) in root.Section("handlers").Sections())
        {
            handlers[name] = ReadHandler(name, handler);
        }

        var loggers = root.Section("loggers").Sections().ToDictionary(StringComparer.Ordinal);
        foreach (var logger in loggers.Values.Append(root.Section("root")))
        {
            logger.Ignore(ignored, "level", "handlers", "propagate");
        }

        List<LogSection> server = Chain(loggers, loggers.ContainsKey(LogEvent.Server) ? [LogEvent.Server] : ["uvicorn.error", "uvicorn"]);
        List<LogSection> access = Chain(
            loggers, loggers.ContainsKey(LogEvent.Access) ? [LogEvent.Access, LogEvent.Server] : ["uvicorn.access", "uvicorn"]);
        var accessLevel = LevelOf(access) ?? LogLevel.Information;
        return new LogRouting
        {
            Server = SinksOf(server) ?? LogRouting.Default.Server,
            Access = accessLevel > LogLevel.Information ? [] : SinksOf(access) ?? LogRouting.Default.Access,
            Minimum = LevelOf(server) ?? LogLevel.Information,
            Categories = loggers
                .Where(logger => !logger.Key.StartsWith("uvicorn", StringComparison.Ordinal) && !logger.Key.StartsWith(LogEvent.Server, StringComparison.Ordinal))
                .Select(logger => (logger.Key, Level: logger.Value.Level("level")))
                .Where(pair => pair.Level is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Level!.Value, StringComparer.Ordinal),
        };
    }

    private (string? Pattern, bool? UseColors, bool IsJson) ReadFormatter(LogSection formatter)
    {
        formatter.Ignore(ignored, "()", "class", "fmt", "format", "use_colors", "validate", "style");
        if (formatter.Text("style") is { } style and not "%")
        {
            throw formatter.Wrong("style", "%, the one for patterns such as %(message)s");
        }

        var type = formatter.Text("()") ?? formatter.Text("class") ?? "";
        var pattern = formatter.Text("fmt") ?? formatter.Text("format") ?? type switch
        {
            "uvicorn.logging.DefaultFormatter" => TextLogFormatter.DefaultPattern,
            "uvicorn.logging.AccessFormatter" => TextLogFormatter.AccessPattern,
            _ => null,
        };
        return (pattern, formatter.Flag("use_colors"), type.Contains("json", StringComparison.OrdinalIgnoreCase));
    }

    // Null is a handler that nothing goes to.
    private LogHandler? ReadHandler(string name, LogSection handler)
    {
        handler.Ignore(ignored, "class", "()", "stream", "filename", "mode", "formatter", "level");
        var type = handler.Text("class") ?? handler.Text("()") ?? Stream;
        if (type.EndsWith("NullHandler", StringComparison.Ordinal))
        {
            return null;
        }

        if (type.EndsWith("FileHandler", StringComparison.Ordinal))
        {
            var file = handler.Text("filename") ?? throw handler.Wrong("filename", "the name of a file");
            return new(FormatterOf(handler, own => own == true), file) { Truncates = handler.Text("mode") is "w" };
        }

        // One that is not known here must not silence the log: it writes where the console's does.
        if (type != Stream)
        {
            ignored.Add($"handlers.{name} ({type}: written to standard error)");
        }

        return new(FormatterOf(handler, useColors))
        {
            IsOutput = type == Stream && handler.Text("stream") switch
            {
                null or "ext://sys.stderr" => false,
                "ext://sys.stdout" => true,
                _ => throw handler.Wrong("stream", "ext://sys.stderr or ext://sys.stdout"),
            },
        };
    }

    private LogFormatter FormatterOf(LogSection handler, Func<bool?, bool> areColored)
    {
        var minimum = handler.Level("level") ?? LogLevel.Trace;
        if (handler.Text("formatter") is not { } name)
        {
            return new TextLogFormatter("%(message)s") { Minimum = minimum };
        }

        if (!formatters.TryGetValue(name, out var formatter))
        {
            throw handler.Undefined("formatter", "formatter", name, formatters.Keys);
        }

        return formatter.IsJson
            ? new JsonLogFormatter { Minimum = minimum }
            : new TextLogFormatter(formatter.Pattern ?? "%(message)s", areColored(formatter.UseColors), ignored) { Minimum = minimum };
    }

    private List<LogSection> Chain(Dictionary<string, LogSection> loggers, IEnumerable<string> names)
    {
        List<LogSection> chain = [];
        foreach (var name in names)
        {
            if (loggers.TryGetValue(name, out var logger))
            {
                chain.Add(logger);
                if (logger.Flag("propagate") == false)
                {
                    return chain;
                }
            }
        }

        chain.Add(root.Section("root"));
        return chain;
    }

    private static LogLevel? LevelOf(List<LogSection> chain) =>
        chain.Select(logger => logger.Level("level")).FirstOrDefault(level => level is not null);

    private List<LogHandler>? SinksOf(List<LogSection> chain)
    {
        List<LogHandler>? sinks = null;
        foreach (var logger in chain)
        {
            foreach (var name in logger.Texts("handlers") is { } names ? names : [])
            {
                var sink = handlers.TryGetValue(name, out var handler) ? handler : throw logger.Undefined("handlers", "handler", name, handlers.Keys);
                sinks ??= [];
                if (sink is not null)
                {
                    sinks.Add(sink);
                }
            }

            if (logger.Texts("handlers") is not null)
            {
                sinks ??= [];
            }
        }

        return sinks;
    }
}
