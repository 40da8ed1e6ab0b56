namespace Flama;

/// <summary>The bytes of a model file, read as a whole or as a stream. Thread-safe.</summary>
/// <remarks>May be larger than an array can be. It is readable as long as what it came from (a package, a stream) is open.</remarks>
public abstract class ModelPayload
{
    /// <summary>A payload without bytes.</summary>
    public static ModelPayload Empty { get; } = new MemoryPayload(default);

    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>A payload over bytes in memory.</summary>
    /// <param name="bytes">The bytes; not copied, and not to be changed afterwards.</param>
    public static ModelPayload FromMemory(ReadOnlyMemory<byte> bytes) => new MemoryPayload(bytes);

    /// <summary>All bytes in memory. What is in memory already is not copied.</summary>
    /// <exception cref="FlamaException">
    /// There are more than an array can hold, just under 2 GiB (<see cref="ErrorCodes.LimitExceeded"/>), or they cannot be read.
    /// </exception>
    public virtual ReadOnlyMemory<byte> ReadAll()
    {
        if (Length > Array.MaxLength)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded,
                $"The model has {Length} bytes; at most {Array.MaxLength} can be read into memory at once.",
                "Models of this format have to be smaller.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)Length);
        using var stream = OpenRead();
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length
            ? bytes
            : throw new FlamaException(
                ErrorCodes.Truncated, $"The model ends after {read} bytes; {bytes.Length} were announced.", "Copy or download the file again.");
    }

    /// <summary>Opens the bytes as a stream that can seek; the caller disposes it.</summary>
    /// <exception cref="FlamaException">They cannot be read.</exception>
    public abstract Stream OpenRead();

    private sealed class MemoryPayload(ReadOnlyMemory<byte> bytes) : ModelPayload
    {
        public override long Length => bytes.Length;

        public override ReadOnlyMemory<byte> ReadAll() => bytes;

        public override Stream OpenRead() => new ReadOnlyMemoryStream(bytes);
    }
}
