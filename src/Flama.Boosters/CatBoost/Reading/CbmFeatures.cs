using Flama.FlatBuffers;
namespace Flama.Boosters.CatBoost.Reading;

/// <summary>Reads the features of CatBoost's binary form.</summary>
internal static class CbmFeatures
{
    /// <summary>The features of numbers.</summary>
    public static FloatFeature[] Floats(FlatTable trees, BoosterErrors errors) =>
    [
        .. trees.Tables(CbmFields.FloatFeatures).Select(feature => new FloatFeature(
            feature.Int32(CbmFields.FloatIndex, -1),
            feature.Int32(CbmFields.FloatColumn, -1),
            feature.Text(CbmFields.FloatName),
            feature.Byte(CbmFields.FloatMissing) switch
            {
                0 => float.NaN,
                1 => float.NegativeInfinity,
                2 => float.PositiveInfinity,
                var other => throw errors.Fail($"a feature treats missing values in the way {other}, which there is not"),
            },
            feature.Vector<float>(CbmFields.FloatBorders))),
    ];

    /// <summary>The features of categories.</summary>
    public static CategoryFeature[] Categories(FlatTable trees) =>
    [
        .. trees.Tables(CbmFields.CategoryFeatures).Select(feature => new CategoryFeature(
            feature.Int32(CbmFields.Index, -1), feature.Int32(CbmFields.Column, -1), feature.Text(CbmFields.Name))),
    ];

    /// <summary>The categories that trees ask for.</summary>
    public static OneHotFeature[] OneHots(FlatTable trees) =>
        [.. trees.Tables(CbmFields.OneHotFeatures).Select(feature => new OneHotFeature(feature.Int32(0, -1), feature.Vector<int>(1)))];

    /// <summary>The columns of texts and embeddings, of which the model then uses none.</summary>
    public static (int Column, string Name)[] Unused(FlatTable trees) =>
    [
        .. trees.Tables(CbmFields.TextFeatures).Concat(trees.Tables(CbmFields.EmbeddingFeatures))
            .Select(feature => (feature.Int32(CbmFields.Column, -1), feature.Text(CbmFields.Name))),
    ];

    /// <summary>A feature of texts or embeddings for a message.</summary>
    public static string Describe(FlatTable feature) => feature.Text(CbmFields.Name) is { Length: > 0 } name
        ? $"'{InputCheck.Shorten(name)}'"
        : $"of column {feature.Int32(CbmFields.Column, -1)}";
}
