namespace Flama.Boosters.XGBoost;

/// <summary>What a wrapper of XGBoost's scikit-learn interface knows beside its booster.</summary>
/// <param name="ClassName">The class, for example <c>XGBClassifier</c>.</param>
internal sealed record XGBoostWrapper(string ClassName)
{
    /// <summary>Whether it answers classes.</summary>
    public bool IsClassifier => ClassName is "XGBClassifier" or "XGBRFClassifier";

    /// <summary>The number of classes; null when only the booster tells.</summary>
    public int? Classes { get; init; }

    /// <summary>The labels; null when they are 0, 1, 2 ….</summary>
    public LabelSet? Labels { get; init; }

    /// <summary>The round that early stopping found best; null when only the booster tells.</summary>
    public int? BestIteration { get; init; }

    /// <summary>A number that counts as missing; NaN for none.</summary>
    public float Missing { get; init; } = float.NaN;
}
