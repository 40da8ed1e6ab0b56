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

    /// <summary>The classes with what makes each, by family.</summary>
    public static IEnumerable<KeyValuePair<string, Func<LayerConfig, Layer>>> All() =>
    [
        .. CoreModule.Layers, .. ActivationsModule.Layers, .. ConvolutionModule.Layers, .. PoolingModule.Layers, .. NormalizationsModule.Layers, .. RegularizationModule.Layers,
        .. ReshapingModule.Layers, .. MergingModule.Layers, .. AttentionModule.Layers, .. RecurrentModule.Layers, .. ImagesModule.Layers, .. PreprocessingModule.Layers,
    ];

    /// <summary>What makes layers of a class; null for a class that is not known.</summary>
    public static Func<LayerConfig, Layer>? Find(string className) => Known.GetValueOrDefault(className);
}
