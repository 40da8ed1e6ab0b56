using System.Buffers;
using Flama.Cli.Commands;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>Gives every model its path and its name.</summary>
/// <remarks>
/// One model is at <c>/</c> and named <c>model</c> unless something else is said, beside it or by <c>--model-url</c> and
/// <c>--model-name</c>. Of several, one without a name is named after its file and one without a path is at <c>/NAME/</c>.
/// </remarks>
internal static class ModelPlaces
{
    private static readonly SearchValues<char> InSegments =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");

    /// <summary>Finds the places.</summary>
    /// <exception cref="FlamaException">A path is none, is said twice, or two models have the same.</exception>
    public static IReadOnlyList<ServedFile> Of(CommandContext context, IReadOnlyList<ModelEntry> entries)
    {
        if (entries.Count <= 1)
        {
            return [.. entries.Select(entry => OfOne(context.Values, entry))];
        }

        foreach (var setting in new Setting[] { ServeSettings.ModelUrl, ServeSettings.ModelName })
        {
            if (context.Values.Find(setting) is { } entry)
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"{entry.Origin.InMessage} is given beside {entries.Count} models, and it is for one.",
                    $"Say it with each model: {ServeSettings.Model.Name} file=PATH,url=URL,name=NAME");
            }
        }

        List<ServedFile> places = [.. entries.Select(OfSeveral)];
        CheckApart(places);
        return places;
    }

    private static ServedFile OfOne(SettingValues values, ModelEntry entry) => new(
        entry.File,
        ServeSettings.ModelUrl.Read(
            Choose(values, ServeSettings.ModelUrl, entry, entry.Url, ModelKeys.Url, out var origin) ?? ServeSettings.ModelUrl.Default, origin),
        Choose(values, ServeSettings.ModelName, entry, entry.Name, ModelKeys.Name, out _) ?? ServeSettings.ModelName.Default)
    {
        Origin = entry.Origin,
    };

    // What stands with the model and the option are two ways to say the same: the nearer place wins, at the same place they contradict.
    private static string? Choose(SettingValues values, Setting setting, ModelEntry entry, string? own, string key, out string origin)
    {
        var option = values.Find(setting);
        if (own is not null && option is not null && option.Origin.Rank == entry.Origin.Rank && own != option.Text)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"{key} is '{own}' in {entry.Origin.InMessage}, and {option.Origin.InMessage} is '{option.Text}'.",
                "Say it once.");
        }

        var isOption = option is not null && (own is null || option.Origin.Rank < entry.Origin.Rank);
        origin = isOption ? option!.Origin.InMessage : $"{key} in {entry.Origin.InMessage}";
        return isOption ? option!.Text : own;
    }

    private static ServedFile OfSeveral(ModelEntry entry)
    {
        string?[] names = [entry.Name, Path.GetFileNameWithoutExtension(entry.File), Path.GetFileName(entry.File), ServeSettings.ModelName.Default];
        var name = names.First(candidate => !string.IsNullOrEmpty(candidate))!;
        return new(
            entry.File,
            entry.Url is { } url ? ServeSettings.ModelUrl.Read(url, $"{ModelKeys.Url} in {entry.Origin.InMessage}") : $"/{Segment(name)}/",
            name)
        {
            Origin = entry.Origin,
        };
    }

    private static string Segment(string name) => name is "." or ".."
        ? ServeSettings.ModelName.Default
        : string.Create(name.Length, name, (segment, text) =>
        {
            for (var i = 0; i < segment.Length; i++)
            {
                segment[i] = InSegments.Contains(text[i]) ? text[i] : '-';
            }
        });

    private static void CheckApart(List<ServedFile> places)
    {
        Dictionary<string, ServedFile> taken = new(StringComparer.OrdinalIgnoreCase);
        foreach (var place in places)
        {
            if (!taken.TryAdd(place.Url.Trim('/'), place))
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"'{taken[place.Url.Trim('/')].Path}' and '{place.Path}' are both to be served at '{place.Url}'.",
                    "Give each model a url of its own: file=PATH,url=URL");
            }
        }
    }
}
