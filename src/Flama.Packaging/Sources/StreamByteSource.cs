namespace Flama.Packaging.Sources;

/// <summary>A seekable stream of the caller's, from where it stands to its end; left open.</summary>
internal sealed class StreamByteSource : ByteSource
{
    private readonly Lock gate = new();
    private readonly Stream stream;
    private readonly long start;

    public StreamByteSource(Stream stream)
    {
        this.stream = stream;
        start = stream.Position;
        Length = Math.Max(0, stream.Length - start);
    }

    public override long Length { get; }

    public override void Dispose()
    {
    }

    protected override int ReadSome(long offset, Span<byte> buffer)
    {
        lock (gate)
        {
            stream.Position = start + offset;
            return stream.Read(buffer);
        }
    }
}
