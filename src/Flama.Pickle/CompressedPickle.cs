using System.Runtime.InteropServices;
using Flama.Compression;

namespace Flama.Pickle;

/// <summary>Expands a compressed file into one piece of memory.</summary>
internal static class CompressedPickle
{
    private const int FirstChunk = 64 << 10;
    private const int LargestChunk = 16 << 20;

    /// <summary>Expands a file.</summary>
    /// <exception cref="PickleException">The compressed data are damaged or expand beyond the limits.</exception>
    public static ReadOnlyMemory<byte> Expand(ReadOnlyMemory<byte> file, Codec codec, PickleLimits limits)
    {
        try
        {
            using var compressed = OpenRead(file);
            using var expanded = codec.OpenRead(compressed, limits.Decompression);
            return Join(ReadChunks(expanded));
        }
        catch (CompressionException exception)
        {
            throw new PickleException(
                exception.Failure switch
                {
                    CompressionFailure.LimitExceeded => PickleErrorCode.LimitExceeded,
                    CompressionFailure.Truncated => PickleErrorCode.Truncated,
                    _ => PickleErrorCode.Corrupt,
                },
                exception.Message,
                remedy: exception.Failure == CompressionFailure.LimitExceeded
                    ? "If the file is trusted, raise PickleLimits.Decompression, or save the model without compression."
                    : "Copy or download the file again, in binary mode, or save the model without compression.",
                innerException: exception);
        }
    }

    private static MemoryStream OpenRead(ReadOnlyMemory<byte> file) => MemoryMarshal.TryGetArray(file, out var segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(file.ToArray(), writable: false);

    // Chunks that grow keep the copying to one pass at the end and never take more than the data so far.
    private static List<ArraySegment<byte>> ReadChunks(Stream expanded)
    {
        var chunks = new List<ArraySegment<byte>>();
        var size = FirstChunk;
        while (true)
        {
            var chunk = GC.AllocateUninitializedArray<byte>(size);
            var read = expanded.ReadAtLeast(chunk, size, throwOnEndOfStream: false);
            chunks.Add(new ArraySegment<byte>(chunk, 0, read));
            if (read < size)
            {
                return chunks;
            }

            size = Math.Min(size * 2, LargestChunk);
        }
    }

    private static ReadOnlyMemory<byte> Join(List<ArraySegment<byte>> chunks)
    {
        if (chunks.Count == 1)
        {
            return chunks[0];
        }

        var length = chunks.Sum(chunk => (long)chunk.Count);
        if (length > Array.MaxLength)
        {
            throw new PickleException(PickleErrorCode.LimitExceeded, $"The file expands to {length} bytes; {Array.MaxLength} can be held.");
        }

        var joined = GC.AllocateUninitializedArray<byte>((int)length);
        var position = 0;
        foreach (var chunk in chunks)
        {
            chunk.AsSpan().CopyTo(joined.AsSpan(position));
            position += chunk.Count;
        }

        return joined;
    }
}
