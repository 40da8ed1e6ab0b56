namespace Flama;

/// <summary>A method that takes named tensors.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class TensorMethod : ModelMethod
{
    private readonly TensorComputation compute;

    /// <summary>Creates the method.</summary>
    /// <param name="name">The name, which is also the route's and the command's.</param>
    /// <param name="input">The tensors that it takes.</param>
    /// <param name="outputs">What it answers, one or more arrays.</param>
    /// <param name="compute">The computation; called by any number of threads at once.</param>
    /// <param name="form">How the arrays of the answer stand together; null for one array alone and several by name.</param>
    public TensorMethod(
        string name, TensorsSpec input, IReadOnlyList<OutputSpec> outputs, TensorComputation compute, OutputForm? form = null)
        : base(name, input, outputs, form ?? (outputs?.Count > 1 ? OutputForm.Named : OutputForm.Single))
    {
        ArgumentNullException.ThrowIfNull(compute);
        this.compute = compute;
    }

    /// <inheritdoc/>
    public override ModelOutput Invoke(ModelInput input, in InvokeOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input is TensorInputs tensors
            ? compute(tensors, options)
            : throw new ArgumentException($"'{Name}' takes {nameof(TensorInputs)}, not {input.GetType().Name}.", nameof(input));
    }
}
