namespace Flama.Pickle.Machine;

/// <summary>Bytes of the stream that are not copied yet: arrays keep the slice, everything else gets a copy before it is seen.</summary>
internal sealed class ByteSlice(ReadOnlyMemory<byte> memory)
{
    private byte[]? copy;

    public ReadOnlyMemory<byte> Memory { get; } = memory;

    /// <summary>Whether <see cref="ToArray"/> has made its copy.</summary>
    public bool IsCopied => copy is not null;

    /// <summary>The bytes as an array, the same one at every call.</summary>
    public byte[] ToArray() => copy ??= Memory.ToArray();
}
