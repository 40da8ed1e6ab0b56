using Flama.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Logging;

/// <summary>What is logged, where, and how it is written.</summary>
public sealed record LogRouting
{
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
        Server = [new(new TextLogFormatter(TextLogFormatter.DefaultPattern))],
        Access = [new(new TextLogFormatter(TextLogFormatter.AccessPattern)) { IsOutput = true }],
    };

    /// <summary>Reads a log configuration: YAML, JSON or TOML of the shape that Python's <c>logging.config.dictConfig</c> takes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="useColors">Decides on colours, given what a formatter wants; null for what the formatter wants, without a wish none.</param>
    /// <param name="ignored">Takes the names of what has no meaning here; null to leave them out silently.</param>
    /// <returns>The routing.</returns>
    /// <remarks>
    /// Honoured: levels, handlers and <c>propagate</c> of the loggers <c>uvicorn</c>, <c>uvicorn.error</c>, <c>uvicorn.access</c> (or <c>flama</c> and
    /// <c>flama.access</c>) and <c>root</c>, levels of categories of the framework, stream and file handlers with their level, and patterns of formatters. A
    /// formatter with JSON in its class name writes JSON.
    /// </remarks>
    /// <exception cref="FlamaException">
    /// The file cannot be read, a value is of another type, or a name stands for nothing (<see cref="ErrorCodes.InvalidOption"/>).
    /// </exception>
    public static LogRouting Read(string path, Func<bool?, bool>? useColors = null, ICollection<string>? ignored = null) =>
        Read(ConfigDocument.Read(path, "log configuration"), path, useColors, ignored);

    /// <summary>Reads a log configuration that stands in another document.</summary>
    /// <param name="node">The configuration.</param>
    /// <param name="file">What messages call the document.</param>
    /// <param name="useColors">Decides on colours, given what a formatter wants; null for what the formatter wants, without a wish none.</param>
    /// <param name="ignored">Takes the names of what has no meaning here; null to leave them out silently.</param>
    /// <inheritdoc cref="Read(string, Func{bool?, bool}?, ICollection{string}?)"/>
    public static LogRouting Read(ConfigNode node, string file, Func<bool?, bool>? useColors = null, ICollection<string>? ignored = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        return LogConfiguration.Read(node, file, useColors ?? (own => own ?? false), ignored ?? []);
    }

    /// <summary>Makes the logs of <see cref="Server"/>; the caller disposes them.</summary>
    /// <exception cref="FlamaException">A file cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public IReadOnlyList<ILoggerProvider> CreateProviders()
    {
        List<ILoggerProvider> providers = [];
        try
        {
            providers.AddRange(Server.Select(handler => handler.ToProvider()));
            return providers;
        }
        catch
        {
            providers.ForEach(provider => provider.Dispose());
            throw;
        }
    }
}
