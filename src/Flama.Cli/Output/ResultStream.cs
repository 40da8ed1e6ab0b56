namespace Flama.Cli.Output;

/// <summary>A result on its way out. A file appears when it is complete: without <see cref="Commit"/> it never does.</summary>
internal sealed class ResultStream : Stream
{
    private readonly Stream stream;
    private readonly string name;
    private readonly string? temporary;
    private readonly string? target;
    private bool isClosed;

    /// <summary>Writes through to a stream.</summary>
    /// <param name="stream">Standard output, a device or a pipe.</param>
    /// <param name="name">What messages call it.</param>
    public ResultStream(Stream stream, string name)
    {
        this.stream = stream;
        this.name = name;
    }

    private ResultStream(Stream stream, string name, string temporary, string target)
        : this(stream, name)
    {
        this.temporary = temporary;
        this.target = target;
    }

    /// <summary>Writes beside a file and replaces it in the end.</summary>
    public static ResultStream Replacing(string path, string name)
    {
        var beside = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            options.UnixCreateMode = File.GetUnixFileMode(path);
        }

        return new ResultStream(new FileStream(beside, options), name, beside, path);
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes a piece.</summary>
    /// <exception cref="FlamaException">It cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ResultFile.Refused(name, exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Does nothing: <see cref="Commit"/> flushes.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Ends the result.</summary>
    /// <exception cref="FlamaException">It cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public void Commit()
    {
        try
        {
            if (temporary is not null)
            {
                ((FileStream)stream).Flush(flushToDisk: true);
                stream.Dispose();
                File.Move(temporary, target!, overwrite: true);
            }
            else
            {
                stream.Flush();
                (stream as FileStream)?.Dispose();
            }

            isClosed = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ResultFile.Refused(name, exception);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!isClosed && temporary is not null)
        {
            isClosed = true;
            stream.Dispose();
            File.Delete(temporary);
        }

        base.Dispose(disposing);
    }
}
