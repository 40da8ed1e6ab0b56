namespace Flama;

/// <summary>One thing a model can do with rows: <c>predict</c>, <c>predict_proba</c>, <c>transform</c>, ….</summary>
/// <remarks>Thread-safe: any number of threads may invoke the same method.</remarks>
public sealed class ModelMethod
{
    private readonly Func<FeatureBatch, int, PredictionBatch> invoke;

    /// <summary>Creates the method.</summary>
    /// <param name="name">The Python name, which is also the route's and the command's.</param>
    /// <param name="output">What the method answers.</param>
    /// <param name="invoke">The computation: rows and the largest number of threads to use, to a new batch that the caller disposes.</param>
    public ModelMethod(string name, MethodOutput output, Func<FeatureBatch, int, PredictionBatch> invoke)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(invoke);
        Name = name;
        Output = output;
        this.invoke = invoke;
    }

    /// <summary>The method of the name <c>predict</c>.</summary>
    public const string Predict = "predict";

    /// <summary>The method of the name <c>predict_proba</c>.</summary>
    public const string PredictProba = "predict_proba";

    /// <summary>The Python name, which is also the route's and the command's.</summary>
    public string Name { get; }

    /// <summary>What the method answers, as far as the model tells before it has seen rows.</summary>
    public MethodOutput Output { get; }

    /// <summary>What rows the method takes where that differs from <see cref="Model.Signature"/> (<c>inverse_transform</c>); else null.</summary>
    public ModelSignature? Signature { get; init; }

    /// <summary>Computes the answer for all rows. Compute is synchronous.</summary>
    /// <param name="input">Rows that were checked against the model's signature; stays the caller's.</param>
    /// <param name="maxDegreeOfParallelism">The largest number of threads to use; 1 stays on this thread.</param>
    /// <returns>A new batch; the caller disposes it.</returns>
    /// <exception cref="FlamaException">A row is not what the model takes.</exception>
    public PredictionBatch Invoke(FeatureBatch input, int maxDegreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDegreeOfParallelism, 1);
        return invoke(input, maxDegreeOfParallelism);
    }
}
