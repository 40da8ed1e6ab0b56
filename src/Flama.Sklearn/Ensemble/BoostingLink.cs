namespace Flama.Sklearn.Ensemble;

/// <summary>How the answer of <see cref="BoostingStart"/> becomes raw scores.</summary>
internal enum BoostingLink
{
    /// <summary>A regressor's value as it is.</summary>
    Identity,

    /// <summary>log(p / (1 − p)), or log p for each of more than two classes.</summary>
    Logit,

    /// <summary>½ log(p / (1 − p)): the exponential loss.</summary>
    HalfLogit,

    /// <summary>log p minus the mean over the classes (more than two, since 1.4).</summary>
    SymmetricLog,
}
