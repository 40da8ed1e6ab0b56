using Flama;
using Flama.Hosting;
using Flama.Hosting.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the models that a file lists.</summary>
public static class ModelsFileExtensions
{
    private static readonly string[] Known = ["file", "path", "url", "name"];

    /// <summary>Adds the models of a file in JSON, YAML or TOML: a list of objects, or one object, with <c>file</c> (or <c>path</c>), <c>name</c> and perhaps <c>url</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file. Paths in it are relative to its folder; a model without a name is named after its file.</param>
    /// <param name="configure">Sets options of each model; null for the defaults. A <c>url</c> in the file is set before.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="FlamaException">The file is missing or not well-formed, a key is not known, or a model has no file.</exception>
    public static IFlamaBuilder AddModels(this IFlamaBuilder builder, string path, Action<ServedModelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var root = ConfigDocument.Read(path, "file of models");
        foreach (var model in root.Kind == ConfigNodeKind.List ? root.Items : [root])
        {
            if (model.Kind != ConfigNodeKind.Map || (model["file"] ?? model["path"]) is not { IsScalar: true, Text.Length: > 0 } file)
            {
                throw Wrong(path, model, $"{model.InMessage} where an object with a file is expected");
            }

            if (model.Members.Find(member => !Known.Contains(member.Key, StringComparer.Ordinal)) is { Key: { } unknown, Value: { } value })
            {
                throw Wrong(path, value, $"the key '{unknown}', which is not known; a model has {string.Join(", ", Known)}");
            }

            var name = model["name"]?.Text ?? Path.GetFileNameWithoutExtension(file.Text);
            builder.AddModel(name, Path.Combine(Path.GetDirectoryName(path) ?? "", file.Text), options =>
            {
                options.Url = model["url"]?.Text;
                configure?.Invoke(options);
            });
        }

        return builder;
    }

    private static FlamaException Wrong(string path, ConfigNode node, string what) =>
        new(ErrorCodes.InvalidOption, $"'{path}' has {what} (line {node.Line}).", "Write a list of objects with file, name and url.");
}
