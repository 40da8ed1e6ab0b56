namespace Flama.Tables;

/// <summary>Whose rows they are, for messages: an estimator, or a model by itself.</summary>
internal interface IRowOwner
{
    /// <summary>The name of the class.</summary>
    string Name { get; }

    /// <summary>The names of the features in training; null when it had none.</summary>
    IReadOnlyList<string>? FeatureNames { get; }
}
