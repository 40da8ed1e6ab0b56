namespace Flama;

/// <summary>What one method of a model takes: a <see cref="TableSpec"/> or a <see cref="TensorsSpec"/>. Immutable.</summary>
public abstract record InputSpec
{
    private protected InputSpec()
    {
    }
}
