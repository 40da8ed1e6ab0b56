using System.Text;

namespace Flama.Scoring.Input;

/// <summary>A window over a stream of bytes that moves forward; it grows only as far as one row asks for.</summary>
internal sealed class InputBuffer
{
    private const int FirstLength = 256 * 1024;
    private const int MaxRowLength = 64 << 20;

    private readonly Stream stream;
    private readonly string name;
    private byte[] buffer = GC.AllocateUninitializedArray<byte>(FirstLength);
    private int start;
    private int end;

    /// <summary>Takes a stream, which stays the caller's.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="name">What messages call the input.</param>
    public InputBuffer(Stream stream, string name)
    {
        this.stream = stream;
        this.name = name;
        Length = stream.CanSeek ? stream.Length - stream.Position : null;
    }

    /// <summary>What messages call the input.</summary>
    public string Name => name;

    /// <summary>The bytes of the whole input; null where the stream cannot tell.</summary>
    public long? Length { get; }

    /// <summary>How many bytes were consumed.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the stream has ended; the window may still hold bytes.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What was read and not yet consumed.</summary>
    public ReadOnlySpan<byte> Window => buffer.AsSpan(start, end - start);

    /// <summary>Moves the window forward.</summary>
    public void Consume(int count)
    {
        start += count;
        Position += count;
    }

    /// <summary>Reads more; false at the end of the stream.</summary>
    /// <exception cref="FlamaException">One row is larger than any row can be, or the stream fails.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (IsComplete)
        {
            return false;
        }

        MakeRoom(MaxRowLength);
        return await ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads until the window holds so many bytes or the stream ends.</summary>
    public async ValueTask FillToAsync(int count, CancellationToken cancellationToken)
    {
        while (end - start < count && await FillAsync(cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Reads until the stream ends.</summary>
    /// <exception cref="FlamaException">The input is larger than memory can hold in one piece.</exception>
    public async ValueTask FillToEndAsync(CancellationToken cancellationToken)
    {
        do
        {
            MakeRoom(Array.MaxLength);
        }
        while (!IsComplete && await ReadAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Consumes the whole window; good until more is read.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> taken = buffer.AsMemory(start, end - start);
        Consume(taken.Length);
        return taken;
    }

    /// <summary>Whether a stream failed for a reason that is its own.</summary>
    public static bool IsFailure(Exception exception) => exception is IOException or UnauthorizedAccessException or DecoderFallbackException;

    /// <summary>The failure of a stream.</summary>
    public static FlamaException Failed(string name, Exception cause) => cause is DecoderFallbackException
        ? new(ErrorCodes.InvalidInput, $"The input from {name} is not in its encoding: {cause.Message}", "Check how the file was saved, and tell its encoding.", cause)
        : new(ErrorCodes.FileUnreadable, $"The input from {name} cannot be read to its end.", "Check the file or the program that writes it.", cause);

    private async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        int read;
        try
        {
            read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw Failed(name, exception);
        }

        end += read;
        IsComplete = read == 0;
        return !IsComplete;
    }

    private void MakeRoom(int limit)
    {
        if (end < buffer.Length)
        {
            return;
        }

        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length < limit ? (int)Math.Min(2L * buffer.Length, limit) : throw TooLarge(limit));
        }
    }

    private FlamaException TooLarge(int limit) => limit == MaxRowLength
        ? new(
            ErrorCodes.InputTooLarge,
            $"A row of {name} is larger than {MaxRowLength >> 20} MiB.",
            "Check that rows are separated, and that quotation marks come in pairs.")
        : new(
            ErrorCodes.InputTooLarge,
            $"The input from {name} is larger than 2 GiB.",
            "Give it as one list of rows, or a row per line, so that it need not be held at once.");
}
