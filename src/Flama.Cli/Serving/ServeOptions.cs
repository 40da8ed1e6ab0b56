using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Serving;

/// <summary>What the user decided about a server and its models.</summary>
internal sealed record ServeOptions
{
    /// <summary>The models, at least one.</summary>
    public required IReadOnlyList<ServedFile> Models { get; init; }

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
    public static ServeOptions Read(CommandContext context, IReadOnlyList<ServedFile> models)
    {
        var values = context.Values;
        ServeOptions options = new()
        {
            Models = models,
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

        foreach (var model in Models)
        {
            var what = Models.Count == 1 ? ServeSettings.ModelUrl.Name : $"The url of model '{model.Name}'";
            CheckApart(context, what, model.Url, ServeSettings.AppSchema, SchemaPath);
            CheckApart(context, what, model.Url, ServeSettings.AppDocs, DocsPath);
        }

        CheckApart(context, ServeSettings.AppSchema.Name, SchemaPath, ServeSettings.AppDocs, DocsPath);
    }

    private static void CheckApart(CommandContext context, string first, string firstPath, Setting second, string secondPath)
    {
        if (secondPath.Length > 0 && string.Equals(firstPath.Trim('/'), secondPath.Trim('/'), StringComparison.OrdinalIgnoreCase))
        {
            throw context.UsageError($"{first} and {second.Name} are both '{secondPath}'.", "Give them different paths.");
        }
    }
}
