namespace Flama.Processing.Inputs;

/// <summary>Examples that go through the graph together. Whoever takes it disposes it.</summary>
/// <param name="inputs">The graph's inputs.</param>
/// <param name="count">How many examples they are.</param>
/// <param name="mask">The attention mask of texts, [examples, tokens]; empty for pictures.</param>
internal sealed class PreparedBatch(TensorInputs inputs, int count, long[] mask) : IDisposable
{
    public TensorInputs Inputs => inputs;

    public int Count => count;

    public ReadOnlySpan<long> Mask => mask;

    public void Dispose() => inputs.Dispose();
}
