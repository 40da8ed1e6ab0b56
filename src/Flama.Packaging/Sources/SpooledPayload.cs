namespace Flama.Packaging.Sources;

/// <summary>A payload in a temporary file, which is gone when the payload is collected or disposed.</summary>
internal sealed class SpooledPayload(FileStream file) : ModelPayload, IDisposable
{
    private readonly FileByteSource source = new("the temporary file of the model", file);

    public override long Length => source.Length;

    public override Stream OpenRead() => source.OpenRead(0, Length);

    public void Dispose() => source.Dispose();
}
