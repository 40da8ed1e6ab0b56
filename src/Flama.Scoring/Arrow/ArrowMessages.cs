using System.Buffers.Binary;
using Flama.FlatBuffers;
using Flama.Scoring.Columns;
using Flama.Scoring.Input;

namespace Flama.Scoring.Arrow;

/// <summary>The messages of an Arrow stream or file, one after the other. Not thread-safe.</summary>
/// <param name="stream">The bytes; stays the caller's.</param>
/// <param name="name">What messages call the input.</param>
/// <param name="limit">Bounds what the file may ask for.</param>
/// <param name="errors">Tells what is wrong.</param>
internal sealed class ArrowMessages(Stream stream, string name, CostLimit limit, TableErrors errors)
{
    private const int Continuation = -1;
    private const int LongestHead = 64 << 20;
    private const int LongestBody = 1 << 30;
    private const int Piece = 1 << 20;

    private readonly byte[] small = new byte[sizeof(int)];

    /// <summary>How many bytes were read.</summary>
    public long Position { get; private set; }

    /// <summary>Passes over bytes.</summary>
    public async ValueTask SkipAsync(int count, CancellationToken cancellationToken) =>
        await ReadAsync(count, cancellationToken).ConfigureAwait(false);

    /// <summary>The next message; null at the end.</summary>
    /// <exception cref="FlamaException">It contradicts the format.</exception>
    public async ValueTask<(byte[] Head, byte[] Body)?> NextAsync(CancellationToken cancellationToken)
    {
        var length = await ReadSizeAsync(cancellationToken).ConfigureAwait(false);
        length = length == Continuation ? await ReadSizeAsync(cancellationToken).ConfigureAwait(false) : length;
        if (length is null or 0)
        {
            return null;
        }

        if (length is < 0 or > LongestHead)
        {
            throw errors.Corrupt("a message has no size");
        }

        var head = await ReadAsync(length.Value, cancellationToken).ConfigureAwait(false);
        var body = new FlatBuffer(head, errors.Corrupt).Root().Int64(3);
        return body is >= 0 and <= LongestBody
            ? (head, await ReadAsync((int)body, cancellationToken).ConfigureAwait(false))
            : throw (body < 0 ? errors.Corrupt("a message has a size below zero") : errors.TooLarge($"a batch of {body >> 20} MiB"));
    }

    // Null where the input ends; a stream may end without saying so.
    private async ValueTask<int?> ReadSizeAsync(CancellationToken cancellationToken)
    {
        var read = await FillAsync(small, cancellationToken).ConfigureAwait(false);
        return read == small.Length ? BinaryPrimitives.ReadInt32LittleEndian(small)
            : read == 0 ? null
            : throw errors.Corrupt("it ends within a message");
    }

    // What a message says is believed as far as bytes come.
    private async ValueTask<byte[]> ReadAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Min(length, Piece)];
        for (var filled = 0; filled < length;)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, length));
            }

            var read = await FillAsync(bytes.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            filled += read == bytes.Length - filled ? read : throw errors.Corrupt("it ends within a message");
        }

        return bytes;
    }

    private async ValueTask<int> FillAsync(Memory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            Position += read;
            limit.FileBytes = Position;
            return read;
        }
        catch (Exception exception) when (InputBuffer.IsFailure(exception))
        {
            throw InputBuffer.Failed(name, exception);
        }
    }
}
