using System.Collections.Frozen;
using Flama.Keras.Layers.Activations;
using Flama.Keras.Layers.Attention;
using Flama.Keras.Layers.Convolution;
using Flama.Keras.Layers.Core;
using Flama.Keras.Layers.Images;
using Flama.Keras.Layers.Merging;
using Flama.Keras.Layers.Normalizations;
using Flama.Keras.Layers.Pooling;
using Flama.Keras.Layers.Preprocessing;
using Flama.Keras.Layers.Recurrent;
using Flama.Keras.Layers.Regularization;
using Flama.Keras.Layers.Reshaping;

namespace Flama.Keras.Layers;

/// <summary>The layers that are known: the sum of the families' lists.</summary>
internal static class LayerCatalog
{
    private static readonly FrozenDictionary<string, Func<LayerConfig, Layer>> Known = All().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The families with their lists.</summary>
    public static IReadOnlyList<(string Family, IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers)> Families =>
    [
        ("core", CoreModule.Layers), ("activations", ActivationsModule.Layers), ("convolution", ConvolutionModule.Layers), ("pooling", PoolingModule.Layers),
        ("normalization", NormalizationsModule.Layers), ("regularization", RegularizationModule.Layers), ("reshaping", ReshapingModule.Layers), ("merging", MergingModule.Layers),
        ("attention", AttentionModule.Layers), ("recurrent", RecurrentModule.Layers), ("images", ImagesModule.Layers), ("preprocessing", PreprocessingModule.Layers),
    ];

    private static IEnumerable<KeyValuePair<string, Func<LayerConfig, Layer>>> All() => Families.SelectMany(family => family.Layers);

    /// <summary>What makes layers of a class; null for a class that is not known.</summary>
    public static Func<LayerConfig, Layer>? Find(string className) => Known.GetValueOrDefault(className);
}
