namespace Flama.Keras.Tests.Golden;

/// <summary>The engines that cases are loaded with.</summary>
internal sealed class KerasEngines : IDisposable
{
    public ModelEngines Table { get; } = new ModelEngines().Add(new KerasEngine());

    public void Dispose()
    {
    }
}
