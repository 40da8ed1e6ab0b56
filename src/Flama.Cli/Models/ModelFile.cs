using Flama.Cli.Commands;
using Flama.Cli.Settings;
using Flama.Packaging;
using Flama.Schemas;

namespace Flama.Cli.Models;

/// <summary>The model file that a user named.</summary>
internal static class ModelFile
{
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
