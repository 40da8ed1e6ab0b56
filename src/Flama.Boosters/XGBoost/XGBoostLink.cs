namespace Flama.Boosters.XGBoost;

/// <summary>How an objective turns raw scores into predictions.</summary>
internal enum XGBoostLink
{
    /// <summary>The score.</summary>
    Identity,

    /// <summary>1 / (1 + e^−score).</summary>
    Logistic,

    /// <summary>e^score.</summary>
    Exponential,

    /// <summary>1 when the score is above 0, else 0.</summary>
    Sign,

    /// <summary>e^score divided by the sum over the classes.</summary>
    Softmax,

    /// <summary>The number of the class with the largest score.</summary>
    LargestClass,
}
