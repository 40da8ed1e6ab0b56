namespace Flama;

/// <summary>One thing a model can do with new data: <c>predict</c>, <c>predict_proba</c>, <c>transform</c>, ….</summary>
/// <remarks>Immutable and thread-safe: any number of threads may invoke the same method.</remarks>
public abstract class ModelMethod
{
    /// <summary>Creates the method.</summary>
    /// <param name="name">The Python name, which is also the route's and the command's.</param>
    /// <param name="input">What it takes.</param>
    /// <param name="outputs">What it answers, one or more arrays.</param>
    /// <param name="form">How the arrays stand together.</param>
    protected ModelMethod(string name, InputSpec input, IReadOnlyList<OutputSpec> outputs, OutputForm form = OutputForm.Single)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfZero(outputs.Count);
        Name = name;
        Input = input;
        Outputs = outputs;
        OutputForm = form;
    }

    /// <summary>The method of the name <c>predict</c>.</summary>
    public const string Predict = "predict";

    /// <summary>The method of the name <c>predict_proba</c>.</summary>
    public const string PredictProba = "predict_proba";

    /// <summary>The Python name, which is also the route's and the command's.</summary>
    public string Name { get; }

    /// <summary>What the method takes.</summary>
    public InputSpec Input { get; }

    /// <summary>What the method answers, as far as the model tells before it has seen an input.</summary>
    public IReadOnlyList<OutputSpec> Outputs { get; }

    /// <summary>How the arrays of the answer stand together.</summary>
    public OutputForm OutputForm { get; }

    /// <summary>
    /// Whether the answer to a row depends on that row alone, so that the rows of several callers may be computed together. Default false: not known.
    /// </summary>
    public bool IsRowwise { get; init; }

    /// <summary>Computes the answer. Compute is synchronous.</summary>
    /// <param name="input">What was read or made for <see cref="Input"/>; stays the caller's.</param>
    /// <param name="options">Threads and cancellation; the default computes on this thread.</param>
    /// <returns>A new answer; the caller disposes it.</returns>
    /// <exception cref="FlamaException">The input is not what the method takes.</exception>
    /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
    public abstract ModelOutput Invoke(ModelInput input, in InvokeOptions options = default);
}
