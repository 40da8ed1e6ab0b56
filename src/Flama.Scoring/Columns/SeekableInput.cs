using Flama.Scoring.Input;

namespace Flama.Scoring.Columns;

/// <summary>Reads any part of an input; one that comes through a pipe passes through a temporary file. Not thread-safe.</summary>
internal sealed class SeekableInput : IDisposable
{
    private const int CopyLength = 256 * 1024;

    private readonly Stream stream;
    private readonly long origin;
    private readonly string name;
    private readonly bool ownsStream;

    private SeekableInput(Stream stream, string name, bool ownsStream)
    {
        this.stream = stream;
        this.name = name;
        this.ownsStream = ownsStream;
        origin = stream.Position;
        Length = stream.Length - origin;
    }

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>Takes a stream, which stays the caller's.</summary>
    /// <param name="stream">The bytes, from its position on.</param>
    /// <param name="name">What messages call the input.</param>
    /// <param name="cancellationToken">Stops copying.</param>
    /// <exception cref="FlamaException">It cannot be read.</exception>
    public static async ValueTask<SeekableInput> OfAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
        {
            return new(stream, name, ownsStream: false);
        }

        FileStream? copy = null;
        try
        {
            copy = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), OptionsOfCopy());
            await stream.CopyToAsync(copy, CopyLength, cancellationToken).ConfigureAwait(false);
            copy.Position = 0;
            return new(copy, name, ownsStream: true);
        }
        catch (Exception exception)
        {
            if (copy is not null)
            {
                await copy.DisposeAsync().ConfigureAwait(false);
            }

            if (InputBuffer.IsFailure(exception))
            {
                throw InputBuffer.Failed(name, exception);
            }

            throw;
        }
    }

    /// <summary>Fills a buffer with the bytes at a position; the caller knows that they are there.</summary>
    /// <exception cref="FlamaException">They cannot be read.</exception>
    public async ValueTask ReadAsync(long position, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            stream.Position = origin + position;
            await stream.ReadExactlyAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (InputBuffer.IsFailure(exception))
        {
            throw InputBuffer.Failed(name, exception);
        }
    }

    // Only this user may read it.
    private static FileStreamOptions OptionsOfCopy()
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsStream)
        {
            stream.Dispose();
        }
    }
}
