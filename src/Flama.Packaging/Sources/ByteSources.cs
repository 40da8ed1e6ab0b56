namespace Flama.Packaging.Sources;

/// <summary>Opens what a user names as a <see cref="ByteSource"/>.</summary>
internal static class ByteSources
{
    /// <summary>Opens a file. One that cannot be read at positions (a pipe) is read into memory.</summary>
    public static ByteSource FromFile(string path, string name, PackageLimits limits)
    {
        var file = OpenFile(path, name);
        if (file.CanSeek)
        {
            return new FileByteSource(name, file);
        }

        using (file)
        {
            return Buffer(file, name, limits);
        }
    }

    /// <summary>Takes a stream from where it stands; one that cannot seek is read into memory now.</summary>
    public static ByteSource FromStream(Stream stream, string name, PackageLimits limits) =>
        stream.CanSeek ? new StreamByteSource(stream) : Buffer(stream, name, limits);

    /// <summary>Opens a file for reading; others may read, rename or delete it meanwhile.</summary>
    /// <exception cref="FlamaException">There is none, or it cannot be read.</exception>
    public static FileStream OpenFile(string path, string name)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.RandomAccess);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new FlamaException(ErrorCodes.FileNotFound, $"There is no file '{name}'.", "Check the path.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new FlamaException(
                ErrorCodes.FileUnreadable, $"There is no permission to read '{name}'.", "Let this user read the file.", exception);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnreadable, $"'{name}' cannot be opened.", "Check that no other program has locked it.", exception);
        }
    }

    private static MemoryByteSource Buffer(Stream stream, string name, PackageLimits limits)
    {
        var bytes = new ByteBuilder();
        int read;
        while ((read = stream.Read(bytes.GetSpan())) > 0)
        {
            bytes.Advance(read);
            if (bytes.Length > limits.MaxBufferedBytes)
            {
                throw new FlamaException(
                    ErrorCodes.LimitExceeded,
                    $"'{name}' comes from a stream that cannot seek and is larger than {limits.MaxBufferedBytes} bytes.",
                    $"Open it as a file, or raise {nameof(PackageLimits)}.{nameof(PackageLimits.MaxBufferedBytes)}.");
            }
        }

        return new MemoryByteSource(bytes.ToArray());
    }
}
