using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>What a recurrent layer does at each step.</summary>
/// <param name="config">What the file tells of it.</param>
internal abstract class Cell(LayerConfig config) : Layer(config)
{
    /// <summary>The shapes of the states, without the batch.</summary>
    /// <param name="projected">What <see cref="Project"/> made: steps × batch × ….</param>
    public abstract IReadOnlyList<long[]> StatesOf(Value projected);

    /// <summary>What is computed of all steps at once: products of the inputs.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="x">The inputs, steps × batch × ….</param>
    public abstract Value Project(Lowering g, Value x);

    /// <summary>One step.</summary>
    /// <param name="g">The body of the loop.</param>
    /// <param name="x">What was projected, of this step.</param>
    /// <param name="states">The states before it.</param>
    /// <returns>The output, and the states after it.</returns>
    public abstract (Value Output, IReadOnlyList<Value> States) Step(Lowering g, Value x, IReadOnlyList<Value> states);

    /// <summary>Makes the constants that steps use, outside of the loop.</summary>
    public virtual void Prepare(Lowering g)
    {
    }

    /// <inheritdoc/>
    public sealed override object Call(Lowering g, LayerCall call) => throw KerasErrors.Unsupported(Name, "is a cell outside of an RNN layer");

    /// <summary>One of equal parts of the last dimension.</summary>
    protected static Value Part(Lowering g, Value x, int part, long size) => g.Slice(x, -1, part * size, (part + 1) * size);
}
