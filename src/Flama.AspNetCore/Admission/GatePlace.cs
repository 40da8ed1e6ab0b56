namespace Flama.AspNetCore.Admission;

/// <summary>A place to compute; none where there is no gate. Disposed once.</summary>
/// <param name="gate">The gate.</param>
/// <param name="since">When it was taken.</param>
internal readonly struct GatePlace(ModelGate? gate, long since) : IDisposable
{
    public void Dispose() => gate?.Leave(since);
}
