using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Flama.Hosting.Configuration;

/// <summary>
/// The models of a configuration, <c>Flama:Models</c>: a list of objects with a path each, or an object of such by name. One that the application adds in code by the same name begins with the options of its entry.
/// </summary>
internal static class ModelSections
{
    private const string Section = "Models", PathKey = "Path", NameKey = "Name";

    private static readonly IReadOnlyList<string> Keys = [NameKey, PathKey, .. SectionBinding.KeysOf(typeof(ServedModelOptions))];

    /// <summary>The models of an application: those of its code, then the others of its configuration.</summary>
    /// <exception cref="FlamaException">An entry has no path, two have one name, or a key or value is wrong (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static IReadOnlyList<ModelRegistration> Read(IReadOnlyList<ModelAddition> additions, FlamaConfiguration configuration)
    {
        var entries = Entries(configuration.Take(Section));
        List<ModelRegistration> models = [];
        foreach (var addition in additions)
        {
            var entry = entries.GetValueOrDefault(addition.Name);
            entries.Remove(addition.Name);
            if (entry?.GetSection(PathKey).Value is { } path)
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption,
                    $"The configuration's {entry.Path}:{PathKey} is '{SafeText.OneLine(path, 100)}', and the application adds the model '{addition.Name}' with a path of its own.",
                    $"Remove {PathKey} there, or AddModel in the application.");
            }

            models.Add(new(addition.Name, addition.Path, OptionsOf(addition.Name, entry, addition.Configure)));
        }

        models.AddRange(entries.Select(pair => new ModelRegistration(pair.Key, PathOf(pair.Value), OptionsOf(pair.Key, pair.Value, configure: null))));
        return models;
    }

    private static OrderedDictionary<string, IConfigurationSection> Entries(IConfigurationSection? section)
    {
        OrderedDictionary<string, IConfigurationSection> entries = new(StringComparer.Ordinal);
        foreach (var entry in section?.GetChildren() ?? [])
        {
            SectionBinding.CheckKeys(entry, Keys);
            var isOfList = int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _);
            var name = entry[NameKey] ?? (isOfList ? Path.GetFileNameWithoutExtension(PathOf(entry)) : entry.Key);
            if (!entries.TryAdd(name, entry))
            {
                throw new FlamaException(
                    ErrorCodes.InvalidOption, $"The configuration's {entry.Path} is the second model of the name '{SafeText.OneLine(name, 100)}'.", $"Give each a {NameKey} of its own.");
            }
        }

        return entries;
    }

    private static string PathOf(IConfigurationSection entry) => entry[PathKey] is { Length: > 0 } path
        ? path
        : throw new FlamaException(ErrorCodes.InvalidOption, $"The configuration's {entry.Path} has no {PathKey}.", $"Set {entry.Path}:{PathKey} to the model's file.");

    private static IReadOnlyList<InputShape> ShapesOf(IConfigurationSection section) =>
    [
        .. section.GetChildren().Select(child => InputShape.TryParse(child.Value, out var shape) ? shape : throw SectionBinding.Wrong(child.Path, child.Value, InputShape.Expected)),
    ];

    private static ServedModelOptions OptionsOf(string name, IConfigurationSection? entry, Action<ServedModelOptions>? configure)
    {
        ServedModelOptions options = new();
        if (entry is not null)
        {
            SectionBinding.Run(entry, () => entry.Bind(options));
            var reload = entry.GetSection(nameof(ServedModelOptions.Reload));
            options.Reload = reload.Exists() ? ReloadSection.Read(reload) : null;
            options.Batching = BatchingSection.Read(entry.GetSection(nameof(ServedModelOptions.Batching)));
            options.InputShapes = ShapesOf(entry.GetSection(nameof(ServedModelOptions.InputShapes)));
        }

        configure?.Invoke(options);
        return options.Batching?.Failures(nameof(options.Batching)).FirstOrDefault() is { } failure
            ? throw new FlamaException(ErrorCodes.InvalidOption, $"The model '{SafeText.OneLine(name, 100)}' cannot be served: {failure}")
            : options;
    }
}
