namespace Flama.Compression;

/// <summary>One compression format. Stateless and thread-safe.</summary>
public abstract class Codec
{
    /// <summary>The name it is looked up by: <c>zlib</c>, <c>gzip</c>, <c>bz2</c>, <c>xz</c>, <c>lzma</c>, <c>zstd</c>, <c>lz4</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether <see cref="OpenWrite"/> works.</summary>
    public virtual bool CanCompress => false;

    /// <summary>Whether bytes start as this format does.</summary>
    /// <param name="prefix">The first bytes of a file, 16 or as many as there are.</param>
    public abstract bool Matches(ReadOnlySpan<byte> prefix);

    /// <summary>Opens a forward-only stream of the decompressed bytes, bounded by limits.</summary>
    /// <param name="compressed">The compressed bytes; left open when the result is disposed.</param>
    /// <param name="limits">How much may come out.</param>
    /// <returns>A stream whose reads throw <see cref="CompressionException"/> for bad data or beyond a limit.</returns>
    public Stream OpenRead(Stream compressed, DecompressionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(compressed);
        ArgumentNullException.ThrowIfNull(limits);
        return new BoundedReadStream(Name, compressed, limits, counted => OpenDecoder(counted, limits));
    }

    /// <summary>Opens a stream that compresses what is written to it.</summary>
    /// <param name="destination">Where compressed bytes go; left open when the result is disposed.</param>
    /// <exception cref="NotSupportedException">The codec only reads (<see cref="CanCompress"/> is false).</exception>
    public virtual Stream OpenWrite(Stream destination) =>
        throw new NotSupportedException($"{Name} can be read, not written. Codecs that write: zlib, gzip, bz2.");

    /// <summary>Opens the decoder itself; the caller bounds it and translates its errors.</summary>
    /// <param name="compressed">The compressed bytes; left open.</param>
    /// <param name="limits">For decoders that must size a window before the first byte comes out.</param>
    protected abstract Stream OpenDecoder(Stream compressed, DecompressionLimits limits);
}
