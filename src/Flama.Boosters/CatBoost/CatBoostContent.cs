namespace Flama.Boosters.CatBoost;

/// <summary>What a file of CatBoost holds, the same for its binary form and JSON.</summary>
internal sealed record CatBoostContent
{
    /// <summary>The most numbers that a model may sum up per row.</summary>
    public const int MaxWidth = 1 << 16;

    /// <summary>The features of numbers.</summary>
    public required IReadOnlyList<FloatFeature> Floats { get; init; }

    /// <summary>The features of categories.</summary>
    public required IReadOnlyList<CategoryFeature> Categories { get; init; }

    /// <summary>The categories that trees ask for by themselves.</summary>
    public required IReadOnlyList<OneHotFeature> OneHots { get; init; }

    /// <summary>The features that are looked up.</summary>
    public required IReadOnlyList<CtrFeature> Ctrs { get; init; }

    /// <summary>Columns of features that the model does not look at, with their names.</summary>
    public IReadOnlyList<(int Column, string Name)> Unused { get; init; } = [];

    /// <summary>The trees.</summary>
    public required TreeShapes Trees { get; init; }

    /// <summary>How many numbers the trees sum up per row.</summary>
    public required int Width { get; init; }

    /// <summary>What the sums are multiplied with.</summary>
    public required double Scale { get; init; }

    /// <summary>What is then added, one number per sum.</summary>
    public required double[] Bias { get; init; }

    /// <summary>What the file tells about the training, by key: JSON or plain text.</summary>
    public required IReadOnlyDictionary<string, string> Info { get; init; }
}
