using Flama.Cli.Settings;
using Flama.Hosting.Configuration;

namespace Flama.Cli.Configuration;

/// <summary>Reads models from files: an object with <c>file</c> or <c>path</c>, and perhaps <c>url</c> and <c>name</c>.</summary>
internal static class ModelNode
{
    /// <summary>Reads one object or a list of them.</summary>
    /// <param name="node">The value in the file.</param>
    /// <param name="origin">What named the file or the key.</param>
    /// <param name="file">The file; relative paths of models are relative to its folder.</param>
    /// <param name="prefix">The full name of the value in the file: <c>app.models</c>; empty for the whole file.</param>
    /// <param name="ignored">Takes the keys without a meaning.</param>
    /// <exception cref="FlamaException">It is something else, a key is unknown, or a value is of another type.</exception>
    public static IReadOnlyList<ModelEntry> ReadAll(ConfigNode node, SettingOrigin origin, string file, string prefix, ICollection<string> ignored)
    {
        if (node.Kind == ConfigNodeKind.Map)
        {
            return [Read(node, origin, file, prefix, ignored)];
        }

        if (node.Kind != ConfigNodeKind.List)
        {
            throw Wrong(file, node, prefix.Length == 0 ? "The file" : prefix, "an object with file, url and name, or a list of such objects");
        }

        return [.. node.Items.Select((item, index) => Read(item, origin, file, $"{prefix}[{index}]", ignored))];
    }

    private static ModelEntry Read(ConfigNode node, SettingOrigin origin, string file, string prefix, ICollection<string> ignored)
    {
        if (node.Kind != ConfigNodeKind.Map)
        {
            throw Wrong(file, node, prefix, "an object with file, url and name");
        }

        var dot = prefix.Length == 0 ? "" : ".";
        foreach (var (key, value) in node.Members)
        {
            if (ModelKeys.Foreign.Contains(key, StringComparer.Ordinal))
            {
                if (value.Kind != ConfigNodeKind.Null)
                {
                    ignored.Add(key);
                }
            }
            else if (!ModelKeys.Known.Contains(key, StringComparer.Ordinal))
            {
                throw ModelKeys.Unknown($"Line {value.Line} of '{file}'", key, prefix + dot);
            }
            else if (value.Kind is not (ConfigNodeKind.Text or ConfigNodeKind.Number or ConfigNodeKind.Null))
            {
                throw Wrong(file, value, $"{prefix}{dot}{key}", "a text");
            }
        }

        if (node[ModelKeys.File] is not null && node[ModelKeys.Path] is { } second)
        {
            throw Wrong(file, second, $"{prefix}{dot}{ModelKeys.Path}", "nothing beside file, which means the same");
        }

        var model = (node[ModelKeys.File] ?? node[ModelKeys.Path])?.Text;
        return string.IsNullOrEmpty(model)
            ? throw Wrong(file, node, prefix.Length == 0 ? "The model" : prefix, "a model with a file")
            : new ModelEntry(
                ConfigPath.Of(file, model),
                node[ModelKeys.Url]?.Text,
                node[ModelKeys.Name]?.Text,
                origin with { File = file, Line = node.Line, Label = prefix.Length == 0 ? origin.Label : prefix })
            {
                Key = node[ModelKeys.Key]?.Text,
                InputShape = ShapeOf(node[ModelKeys.InputShape], file, $"{prefix}{dot}{ModelKeys.InputShape}"),
                Sha256 = node[ModelKeys.Sha256]?.Text,
                Schema = node[ModelKeys.Schema]?.Text is { Length: > 0 } schema ? ConfigPath.Of(file, schema) : null,
            };
    }

    private static string? ShapeOf(ConfigNode? node, string file, string what) => node?.Text is not { Length: > 0 } text ? null
        : text.Split(';').All(static shape => InputShape.TryParse(shape, out _)) ? text : throw Wrong(file, node, what, InputShape.Expected);

    private static FlamaException Wrong(string file, ConfigNode node, string what, string expected) =>
        new(ErrorCodes.InvalidOption, $"{what} (line {node.Line} of '{file}') is {node.InMessage}, expected {expected}.");
}
