using System.Globalization;
using System.Numerics;

namespace Flama.Sklearn;

/// <content>What an estimator says of its features.</content>
internal sealed partial class EstimatorState
{
    // A file of a few bytes can claim any number, and signatures hold something for each feature.
    private const int MaxFeatures = 1 << 22;

    private const string CountName = "n_features_in_", OldCountName = "n_features_", NamesName = "feature_names_in_";

    /// <summary>How many features training had; null where the estimator does not tell.</summary>
    /// <exception cref="FlamaException">It is not a number of features.</exception>
    public int? FeatureCount()
    {
        // Before 0.24 the name without "in" may be something else, such as the number of features that were selected.
        if (Value(CountName) is null)
        {
            return Bounded(OldCountName, OptionalInteger(OldCountName));
        }

        return Value(CountName) switch
        {
            long and >= 0 and <= int.MaxValue => Bounded(CountName, Integer(CountName)),
            long or BigInteger or double => throw Fail(string.Create(CultureInfo.InvariantCulture, $"its attribute '{CountName}' is {Value(CountName)}, expected a number of features")),
            _ => Bounded(CountName, Integer(CountName)),
        };
    }

    /// <summary>The names of the features in training; null where it had none.</summary>
    /// <remarks>The same name may stand twice, as in a data frame. scikit-learn keeps names only where all are text; libraries around it keep positions too.</remarks>
    /// <param name="count">How many features there are; null where that is not known.</param>
    /// <exception cref="FlamaException">They are not names, or are not as many as features.</exception>
    public IReadOnlyList<string>? FeatureNames(int? count)
    {
        var names = OptionalTexts(NamesName);
        if (names is null && Value(NamesName) is not null && Class.Module.StartsWith("sklearn.", StringComparison.Ordinal))
        {
            throw Wrong(NamesName, Value(NamesName), "an array of names");
        }

        return names is null || count is null || Value(CountName) is null || names.Count == count
            ? names
            : throw Fail($"it takes {count} features and has {names.Count} names for them");
    }

    private int? Bounded(string name, int? count) => count is not > MaxFeatures
        ? count is not < 0 ? count : throw Fail($"its attribute '{name}' is {count}, expected a number of features")
        : throw Fail($"it says that it takes {count} features, more than {MaxFeatures}");
}
