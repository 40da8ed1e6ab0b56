namespace Flama.Onnx.Interop;

/// <summary>A failure inside ONNX Runtime; becomes a <see cref="FlamaException"/> where it is known what was being done.</summary>
internal sealed class OrtException(OrtError error, string message) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public OrtError Error => error;
}
