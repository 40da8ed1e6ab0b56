namespace Flama;

/// <summary>A method that takes rows.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class TableMethod : ModelMethod
{
    private readonly TableComputation compute;

    /// <summary>Creates the method.</summary>
    /// <param name="name">The Python name, which is also the route's and the command's.</param>
    /// <param name="input">The rows that it takes.</param>
    /// <param name="outputs">What it answers, one or more arrays.</param>
    /// <param name="compute">The computation; called by any number of threads at once.</param>
    /// <param name="form">How the arrays of the answer stand together.</param>
    public TableMethod(
        string name, TableSpec input, IReadOnlyList<OutputSpec> outputs, TableComputation compute, OutputForm form = OutputForm.Single)
        : base(name, input, outputs, form)
    {
        ArgumentNullException.ThrowIfNull(compute);
        this.compute = compute;
    }

    /// <inheritdoc/>
    public override ModelOutput Invoke(ModelInput input, in InvokeOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input is FeatureBatch rows
            ? compute(rows, options)
            : throw new ArgumentException($"'{Name}' takes rows (a {nameof(FeatureBatch)}), not {input.GetType().Name}.", nameof(input));
    }
}
