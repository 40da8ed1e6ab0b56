using Flama.Cli.Commands;
using Flama.Cli.Settings;
using Flama.Hosting.Sources;
using Flama.Packaging;
using Flama.Schemas;

namespace Flama.Cli.Models;

/// <summary>The model file that a user named.</summary>
internal static class ModelFile
{
    /// <summary>Brings a file that is elsewhere into the cache.</summary>
    /// <param name="context">Settings.</param>
    /// <param name="path">As the user wrote it.</param>
    /// <returns>Where the file is; the path itself for one that is here.</returns>
    /// <exception cref="FlamaException">It cannot be had, and is not here from before.</exception>
    public static async Task<string> BringAsync(CommandContext context, string path)
    {
        if (!ModelSources.IsLocation(path))
        {
            return path;
        }

        using var sources = ServerSettings.SourcesOf(context.Values);
        var pulled = await sources.PullAsync(new Uri(path));
        if (pulled.Warning is not null)
        {
            await context.Console.Error.WriteLineAsync($"Warning: {SafeText.OneLine(pulled.Warning)} This is the file from before.");
        }

        return pulled.Path;
    }

    /// <summary>Opens the file.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <exception cref="FlamaException">There is no such file, it cannot be read, or it is not a model.</exception>
    public static ModelPackage Open(string path)
    {
        Check(path);
        return ModelPackage.Open(path);
    }

    /// <summary>Loads the model of an open file, the one of <c>--model-key</c> where several are in it.</summary>
    /// <param name="package">The file.</param>
    /// <param name="context">Settings.</param>
    /// <param name="onViolation">Hears of rows that are against the schema and computed; null for none.</param>
    public static Model Load(ModelPackage package, CommandContext context, Action<FlamaException>? onViolation = null)
    {
        var mode = ModelSettings.ModeOf(context.Values);
        return context.Engines.Load(package.ReadModel(), new LoadOptions
        {
            ModelKey = context.Values.Get(ModelSettings.Key),
            InputShapes = ModelSettings.ShapesOf(context.Values),
            Schema = context.Values.Get(ModelSettings.Schema) is { } schema && mode != ValidationMode.Off ? ModelSchema.Read(schema) : null,
            Validation = mode,
            OnViolation = onViolation,
            ChecksAnswers = context.Values.Get(ModelSettings.ChecksAnswers),
        });
    }

    /// <summary>Checks that there is something of that name.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <exception cref="FlamaException">There is not; names that are near are suggested.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw MissingFile.Named("model file", path);
        }
    }
}
