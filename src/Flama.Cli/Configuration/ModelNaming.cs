using System.Buffers;
using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>Gives every model its URL and its name.</summary>
/// <remarks>
/// One model is at <c>/</c> and named <c>model</c> unless something else is set, beside it or by <c>--model-url</c> and
/// <c>--model-name</c>. Of several, one without a name is named after its file and one without a path is at <c>/NAME/</c>.
/// </remarks>
internal static class ModelNaming
{
    private static readonly SearchValues<char> InSegments =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");

    /// <summary>Finds URLs and names.</summary>
    /// <exception cref="FlamaException">A URL is not a path, is set twice, or two models have the same.</exception>
    public static IReadOnlyList<NamedModel> Of(CommandContext context, IReadOnlyList<ModelEntry> entries)
    {
        if (entries.Count <= 1)
        {
            return [.. entries.Select(entry => OfOne(context.Values, entry))];
        }

        foreach (var setting in new Setting[] { AppSettings.ModelUrl, AppSettings.ModelName, ModelSettings.Key, ModelSettings.InputShape, ModelSettings.Schema })
        {
            if (context.Values.Find(setting) is { } entry)
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"{entry.Origin.InMessage} is given beside {entries.Count} models, and it is for one.",
                    $"Set it for each model: {AppSettings.Model.Name} file=PATH,url=URL,name=NAME");
            }
        }

        List<NamedModel> models = [.. entries.Select(OfSeveral)];
        CheckApart(models);
        return models;
    }

    private static NamedModel OfOne(SettingValues values, ModelEntry entry) => new(
        entry.File,
        AppSettings.ModelUrl.Read(
            Choose(values, AppSettings.ModelUrl, entry, entry.Url, ModelKeys.Url, out var origin) ?? AppSettings.ModelUrl.Default, origin),
        Choose(values, AppSettings.ModelName, entry, entry.Name, ModelKeys.Name, out _) ?? AppSettings.ModelName.Default)
    {
        Key = Choose(values, ModelSettings.Key, entry, entry.Key, ModelKeys.Key, out _),
        InputShape = ShapeOf(values, entry),
        Sha256 = entry.Sha256,
        Schema = Choose(values, ModelSettings.Schema, entry, entry.Schema, ModelKeys.Schema, out _),
        Origin = entry.Origin,
    };

    // Shapes may be told by several options.
    private static string? ShapeOf(SettingValues values, ModelEntry entry) =>
        Choose(values, ModelSettings.InputShape, entry, entry.InputShape, ModelKeys.InputShape, out _) is { } own && own == entry.InputShape ? own
            : values.IsSet(ModelSettings.InputShape) ? string.Join(';', values.GetAll(ModelSettings.InputShape)) : null;

    // A url beside the model and the option set the same: the nearer source wins; in the same source they contradict each other.
    private static string? Choose(SettingValues values, Setting setting, ModelEntry entry, string? own, string key, out string origin)
    {
        var option = values.Find(setting);
        if (own is not null && option is not null && option.Origin.Rank == entry.Origin.Rank && own != option.Text)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"{key} is '{own}' in {entry.Origin.InMessage}, and {option.Origin.InMessage} is '{option.Text}'.",
                "Set it once.");
        }

        var isOption = option is not null && (own is null || option.Origin.Rank < entry.Origin.Rank);
        origin = isOption ? option!.Origin.InMessage : $"{key} in {entry.Origin.InMessage}";
        return isOption ? option!.Text : own;
    }

    private static NamedModel OfSeveral(ModelEntry entry)
    {
        string?[] names = [entry.Name, Path.GetFileNameWithoutExtension(entry.File), Path.GetFileName(entry.File), AppSettings.ModelName.Default];
        var name = names.First(candidate => !string.IsNullOrEmpty(candidate))!;
        return new(
            entry.File,
            entry.Url is { } url ? AppSettings.ModelUrl.Read(url, $"{ModelKeys.Url} in {entry.Origin.InMessage}") : $"/{Segment(name)}/",
            name)
        {
            Key = entry.Key,
            InputShape = entry.InputShape,
            Sha256 = entry.Sha256,
            Schema = entry.Schema,
            Origin = entry.Origin,
        };
    }

    private static string Segment(string name) => name is "." or ".."
        ? AppSettings.ModelName.Default
        : string.Create(name.Length, name, (segment, text) =>
        {
            for (var i = 0; i < segment.Length; i++)
            {
                segment[i] = InSegments.Contains(text[i]) ? text[i] : '-';
            }
        });

    private static void CheckApart(List<NamedModel> models)
    {
        Dictionary<string, NamedModel> taken = new(StringComparer.OrdinalIgnoreCase);
        foreach (var model in models)
        {
            if (!taken.TryAdd(model.Url.Trim('/'), model))
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"'{taken[model.Url.Trim('/')].File}' and '{model.File}' are both to be served at '{model.Url}'.",
                    "Give each model a url of its own: file=PATH,url=URL");
            }
        }
    }
}
