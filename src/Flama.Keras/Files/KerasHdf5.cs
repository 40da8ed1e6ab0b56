using System.Globalization;
using System.Text;
using Flama.Keras.Hdf5;
using Flama.Keras.Layers;
using Flama.Keras.Models;

namespace Flama.Keras.Files;

/// <summary>An <c>.h5</c> file of a whole model, of Keras 2 or 3.</summary>
internal sealed class KerasHdf5 : KerasFile
{
    private const string Group = "model_weights";

    private HdfFile file = null!;

    private KerasHdf5()
    {
    }

    /// <summary>Reads the file.</summary>
    public static KerasHdf5 Read(ModelSource source)
    {
        var hdf = HdfFile.Open(source.Payload.ReadAll(), source.Name);
        var config = One(hdf.Root, "model_config") ?? throw WithoutLayers(hdf, source.Name);
        return new()
        {
            file = hdf,
            Name = source.Name,
            Budget = new(hdf.Length),
            Model = Parse(Encoding.UTF8.GetBytes(config), source.Name),
            Version = One(hdf.Root, "keras_version") ?? (hdf.Find(Group) is { } group ? One(group, "keras_version") : null) ?? "2",
        };
    }

    /// <summary>The failure of a file of weights alone.</summary>
    public static FlamaException WithoutLayers(HdfFile file, string name) => new(
        ErrorCodes.UnsupportedFormat,
        file.Root.Links.ContainsKey("layers") || file.Root.Links.ContainsKey("_layer_checkpoint_dependencies")
            ? $"'{name}' holds Keras weights (.weights.h5), without the model's layers."
            : $"'{name}' holds Keras weights in HDF5, without the model's layers.",
        "Build the model in Python, load the weights into it, and save the whole model: model.save('model.keras').");

    /// <inheritdoc/>
    public override void Bind(Layer model)
    {
        var layers = model switch
        {
            FunctionalModel functional => functional.Parts,
            SequentialModel sequential => sequential.Parts,
            _ => [("", model)],
        };
        foreach (var (_, layer) in layers)
        {
            var weights = layer.InOrder().ToList();
            if (weights.Count > 0)
            {
                BindLayer(layer, weights);
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? VocabularyOf(LayerConfig layer) => null;

    private void BindLayer(Layer layer, List<Weight> weights)
    {
        var group = file.Find($"{Group}/{layer.Name}") ?? throw KerasErrors.Invalid($"layer '{layer.Name}' has no weights in the file");
        var names = NamesOf(group);
        if (names.Count != weights.Count)
        {
            throw KerasErrors.Invalid($"layer '{layer.Name}' has {names.Count} weights in the file, and needs {weights.Count}");
        }

        for (var i = 0; i < weights.Count; i++)
        {
            var path = $"{Group}/{layer.Name}/{names[i]}";
            weights[i].Bind(() => (file.Find(path) ?? throw KerasErrors.Invalid($"weight '{path}' is missing")).ToArray());
        }
    }

    // Lists of more than 64 KiB are in several attributes.
    private static List<string> NamesOf(HdfObject group)
    {
        if (group.TextsOf("weight_names") is { } names)
        {
            return [.. names];
        }

        List<string> all = [];
        for (var i = 0; group.TextsOf(string.Create(CultureInfo.InvariantCulture, $"weight_names{i}")) is { } part; i++)
        {
            all.AddRange(part);
        }

        return all;
    }

    private static string? One(HdfObject place, string name) => place.TextsOf(name) is [var only] ? only : null;
}
