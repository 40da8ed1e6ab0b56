namespace Flama;

/// <summary>What a method computes with: a <see cref="FeatureBatch"/> or <see cref="TensorInputs"/>. Whoever made it disposes it.</summary>
public abstract class ModelInput : IDisposable
{
    private protected ModelInput()
    {
    }

    /// <summary>How many rows or examples there are; 1 where an input does not tell.</summary>
    public abstract int Rows { get; }

    /// <summary>Gives the buffers back; reading the input afterwards throws <see cref="ObjectDisposedException"/>.</summary>
    public abstract void Dispose();
}
