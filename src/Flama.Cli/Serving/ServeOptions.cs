using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Serving;

/// <summary>What the user decided about a server with one model.</summary>
internal sealed record ServeOptions
{
    /// <summary>The model file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The model's path on the server.</summary>
    public required string ModelUrl { get; init; }

    /// <summary>The model's name.</summary>
    public required string ModelName { get; init; }

    /// <summary>Title of the application.</summary>
    public required string Title { get; init; }

    /// <summary>Version of the application.</summary>
    public required string Version { get; init; }

    /// <summary>Description of the application.</summary>
    public required string Description { get; init; }

    /// <summary>Path of the OpenAPI document; empty for none.</summary>
    public required string SchemaPath { get; init; }

    /// <summary>Path of the documentation page; empty for none.</summary>
    public required string DocsPath { get; init; }

    /// <summary>Whether browsers see exceptions.</summary>
    public required bool Debug { get; init; }

    /// <summary>Address or name to listen on.</summary>
    public required string Host { get; init; }

    /// <summary>Port to listen on; 0 for any free one.</summary>
    public required int Port { get; init; }

    /// <summary>The rest about the server.</summary>
    public ServerOptions Server { get; init; } = new();

    /// <summary>Collects the options from the command line, the environment and the defaults.</summary>
    /// <exception cref="FlamaException">A value is wrong or contradicts another.</exception>
    public static ServeOptions Read(CommandContext context, string modelPath)
    {
        var values = context.Values;
        ServeOptions options = new()
        {
            ModelPath = modelPath,
            ModelUrl = values.Get(ServeSettings.ModelUrl),
            ModelName = values.Get(ServeSettings.ModelName),
            Title = values.Get(ServeSettings.AppTitle),
            Version = values.Get(ServeSettings.AppVersion),
            Description = values.Get(ServeSettings.AppDescription),
            SchemaPath = values.Get(ServeSettings.AppSchema),
            DocsPath = values.Get(ServeSettings.AppDocs),
            Debug = values.Get(ServeSettings.AppDebug),
            Host = values.Get(ServeSettings.ServerHost),
            Port = values.Get(ServeSettings.ServerPort),
            Server = ServerOptions.Read(context),
        };
        if (options.SchemaPath.Length == 0 && !values.IsSet(ServeSettings.AppDocs))
        {
            options = options with { DocsPath = "" };
        }

        options.Check(context);
        return options;
    }

    private void Check(CommandContext context)
    {
        if (DocsPath.Length > 0 && SchemaPath.Length == 0)
        {
            throw context.UsageError(
                $"{ServeSettings.AppDocs.Name} is '{DocsPath}' and {ServeSettings.AppSchema.Name} is empty, but the page shows the schema.",
                "Leave the docs out too, or give the schema a path.");
        }

        CheckApart(context, ServeSettings.ModelUrl, ModelUrl, ServeSettings.AppSchema, SchemaPath);
        CheckApart(context, ServeSettings.ModelUrl, ModelUrl, ServeSettings.AppDocs, DocsPath);
        CheckApart(context, ServeSettings.AppSchema, SchemaPath, ServeSettings.AppDocs, DocsPath);
    }

    private static void CheckApart(CommandContext context, Setting first, string firstPath, Setting second, string secondPath)
    {
        if (secondPath.Length > 0 && string.Equals(firstPath.Trim('/'), secondPath.Trim('/'), StringComparison.OrdinalIgnoreCase))
        {
            throw context.UsageError($"{first.Name} and {second.Name} are both '{secondPath}'.", "Give them different paths.");
        }
    }
}
