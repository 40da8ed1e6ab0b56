namespace Flama.Keras.Layers.Regularization;

/// <summary>Layers that do something in training alone.</summary>
internal static class RegularizationModule
{
    private static readonly string[] Names =
    [
        "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout", "GaussianNoise", "AlphaDropout", "ActivityRegularization",
    ];

    private static readonly string[] OfPictures =
    [
        "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness", "RandomHeight", "RandomWidth", "RandomSaturation", "RandomHue", "RandomShear",
        "RandomSharpness", "RandomColorJitter", "RandomColorDegeneration", "RandomGaussianBlur", "RandomGrayscale", "RandomInvert", "RandomPosterization", "RandomPerspective", "RandomErasing",
        "RandomElasticTransform", "RandAugment", "AugMix", "MixUp", "CutMix",
    ];

    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } =
        Names.Concat(OfPictures).ToDictionary(name => name, name => (Func<LayerConfig, Layer>)(config => new TrainingOnly(config, OfPictures.Contains(name, StringComparer.Ordinal))), StringComparer.Ordinal);
}
