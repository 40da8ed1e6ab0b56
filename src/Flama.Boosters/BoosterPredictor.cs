namespace Flama.Boosters;

/// <summary>
/// A booster with the answers of the Python class that it belongs to: a <c>Booster</c> by itself, or a wrapper for classes, numbers or ranks. The same for a
/// file of the library's own and for a wrapper in a pickle. Immutable and thread-safe.
/// </summary>
/// <param name="className">The Python class, for example <c>XGBClassifier</c>.</param>
internal abstract class BoosterPredictor(string className) : IRowOwner
{
    /// <inheritdoc/>
    public string Name => className;

    /// <summary>The library, for example <c>xgboost</c>.</summary>
    public abstract string Framework { get; }

    /// <summary>The version that wrote the model, as its file spells it; empty when it does not tell.</summary>
    public abstract string FrameworkVersion { get; }

    /// <summary>How many columns it takes.</summary>
    public abstract int Features { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>The labels in the order of the probability columns; null for what is not a classifier.</summary>
    public abstract LabelSet? Labels { get; }

    /// <summary>What it can do, in the order of the documentation.</summary>
    public abstract IReadOnlyList<BoosterAnswer> Answers { get; }

    /// <summary>Whether it computes with sparse rows as they are.</summary>
    public abstract bool TakesSparse { get; }

    /// <summary>Whether its numbers are float32, in which numpy goes on where it can.</summary>
    public virtual bool GivesFloat32 => false;

    /// <summary>Describes a column, its name left out.</summary>
    public abstract Feature Describe(int column);

    /// <summary>Computes an answer.</summary>
    /// <param name="method">The method of one of <see cref="Answers"/>.</param>
    /// <param name="input">Rows that <see cref="BoosterAnswer.Input"/> takes.</param>
    /// <param name="output">As many rows, as wide as the answer.</param>
    /// <exception cref="FlamaException">A cell is not a category that training knew, where that is an error.</exception>
    public abstract void Compute(string method, FeatureBatch input, OutputSlice output);

    /// <summary>Finds what a method answers; null when there is no such method.</summary>
    public BoosterAnswer? Find(string method)
    {
        foreach (var answer in Answers)
        {
            if (answer.Method == method)
            {
                return answer;
            }
        }

        return null;
    }

    /// <summary>Describes a column of numbers.</summary>
    /// <param name="example">A typical value; not finite when none is known.</param>
    /// <param name="takesInfinity">Whether infinite numbers may come in.</param>
    protected static Feature NumberColumn(double example, bool takesInfinity) => new(FeatureKind.Number)
    {
        AllowsMissing = true,
        AllowsInfinity = takesInfinity,
        Example = double.IsFinite(example) ? Scalar.Of(example) : null,
    };
}
