namespace Flama.Boosters.CatBoost;

/// <summary>What raw numbers mean.</summary>
internal enum CatBoostLink
{
    /// <summary>They are the answer.</summary>
    Identity,

    /// <summary>Logarithms of the answer.</summary>
    Exponential,

    /// <summary>A mean, and the logarithm of a standard deviation; the answer has the variance.</summary>
    Uncertainty,

    /// <summary>The log odds of the second of two classes.</summary>
    Binary,

    /// <summary>Scores of classes whose probabilities sum to 1.</summary>
    Softmax,

    /// <summary>The log odds of each class against all others.</summary>
    OneVsAll,

    /// <summary>The log odds of labels, any number of which may hold.</summary>
    MultiLabel,
}
