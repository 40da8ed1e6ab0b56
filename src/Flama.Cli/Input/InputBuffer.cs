namespace Flama.Cli.Input;

/// <summary>A window over a stream of bytes that moves forward; it grows only as far as one row asks for.</summary>
internal sealed class InputBuffer : IDisposable
{
    private const int FirstLength = 256 * 1024;
    private const int MaxRowLength = 64 << 20;

    private readonly Stream stream;
    private readonly string name;
    private byte[] buffer = GC.AllocateUninitializedArray<byte>(FirstLength);
    private int start;
    private int end;

    /// <summary>Takes a stream, which is disposed with the window.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="name">What messages call the input.</param>
    public InputBuffer(Stream stream, string name)
    {
        this.stream = stream;
        this.name = name;
        Length = stream.CanSeek ? stream.Length : null;
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
    public bool Fill()
    {
        if (IsComplete)
        {
            return false;
        }

        MakeRoom();
        int read;
        try
        {
            read = stream.Read(buffer, end, buffer.Length - end);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnreadable, $"The input from {name} cannot be read to its end.", "Check the file or the program that writes it.", exception);
        }

        end += read;
        IsComplete = read == 0;
        return !IsComplete;
    }

    /// <summary>Reads until the window holds so many bytes or the stream ends.</summary>
    public void FillTo(int count)
    {
        while (end - start < count && Fill())
        {
        }
    }

    /// <summary>Reads everything that is left.</summary>
    /// <exception cref="FlamaException">The input is larger than memory can hold in one piece.</exception>
    public ReadOnlyMemory<byte> ReadToEnd()
    {
        var left = Window.ToArray();
        Consume(left.Length);
        return RowsInput.ReadAll(stream, name, left);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void MakeRoom()
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
            if (buffer.Length >= MaxRowLength)
            {
                throw new FlamaException(
                    ErrorCodes.InputTooLarge,
                    $"A row of {name} is larger than {MaxRowLength >> 20} MiB.",
                    "Check that rows are separated, and that quotation marks come in pairs.");
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }
}
