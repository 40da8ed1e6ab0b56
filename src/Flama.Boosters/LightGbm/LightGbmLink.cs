namespace Flama.Boosters.LightGbm;

/// <summary>How an objective turns raw scores into predictions.</summary>
internal enum LightGbmLink
{
    /// <summary>The score.</summary>
    Identity,

    /// <summary>1 / (1 + e^−(parameter · score)).</summary>
    Logistic,

    /// <summary>e^score divided by the sum over the classes.</summary>
    Softmax,

    /// <summary>e^score.</summary>
    Exponential,

    /// <summary>log(1 + e^score).</summary>
    LogOnePlusExponential,

    /// <summary>The square with the sign of the score.</summary>
    SignedSquare,
}
