namespace Flama.Packaging;

/// <summary>A file that appears, or is replaced, when it is complete and not before. What was there stays until then, and for good when writing fails.</summary>
/// <remarks>It is written beside its target, flushed to the disk, and then renamed. A link keeps pointing where it points: its target is replaced. Not thread-safe.</remarks>
public sealed class AtomicFile : IDisposable
{
    private readonly string name;
    private readonly string destination;
    private readonly string draft;
    private readonly FileStream stream;
    private bool isClosed;

    private AtomicFile(string name, string destination, string draft, FileStream stream)
    {
        this.name = name;
        this.destination = destination;
        this.draft = draft;
        this.stream = stream;
    }

    /// <summary>Takes the content; closed by <see cref="Commit"/>.</summary>
    public Stream Stream => stream;

    /// <summary>Checks what can be known of a target before anything is computed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The full path of what will be replaced, links followed.</returns>
    /// <exception cref="FlamaException">It is a directory, or in none (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public static string Check(string path) => Check(path, path);

    private static string Check(string path, string name)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
        {
            throw Unwritable(name, "the name is empty", "Name a file.", null);
        }

        FileInfo file = new(path);
        if (Path.GetFileName(path).Length == 0 || Directory.Exists(path))
        {
            throw Unwritable(name.Length == 0 ? path : name, "it is a directory", "Name a file.", null);
        }

        var target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        return Directory.Exists(Path.GetDirectoryName(target))
            ? target
            : throw Unwritable(name, "its directory does not exist", "Create the directory first.", null);
    }

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file; an existing one keeps its permissions.</param>
    /// <param name="name">What messages call it; null for its path.</param>
    /// <param name="isPrivate">Whether only its owner may read a file that is new, where the system knows such permissions.</param>
    /// <exception cref="FlamaException">It cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public static AtomicFile Create(string path, string? name = null, bool isPrivate = false)
    {
        var target = Check(path, name ?? path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.tmp");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 * 1024 };
        try
        {
            if (File.Exists(target))
            {
                // Asks whether the file may be written at all.
                using (new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
                {
                }

                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = File.GetUnixFileMode(target);
                }
            }
            else if (isPrivate && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new(name ?? path, target, temporary, new FileStream(temporary, options));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(name ?? path, exception);
        }
    }

    /// <summary>Writes a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; when it fails, nothing is left behind.</param>
    /// <exception cref="FlamaException">The file cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var file = Create(path, Path.GetFileName(path));
        try
        {
            write(file.stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(file.name, exception);
        }

        file.Commit();
    }

    /// <summary>The failure for a file that the system refuses to write.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="cause">What the system told.</param>
    public static FlamaException Refused(string name, Exception cause) =>
        Unwritable(name, "the system refuses", "Check the permissions and the free space of its directory.", cause);

    /// <summary>Ends the file: from now on it is there.</summary>
    /// <exception cref="FlamaException">It cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public void Commit()
    {
        try
        {
            stream.Flush(flushToDisk: true);
            stream.Dispose();
            File.Move(draft, destination, overwrite: true);
            isClosed = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(name, exception);
        }
    }

    /// <summary>Gives the file up unless it was committed.</summary>
    public void Dispose()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        try
        {
            stream.Dispose();
            File.Delete(draft);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to tell.
        }
    }

    private static FlamaException Unwritable(string name, string why, string remedy, Exception? cause) =>
        new(ErrorCodes.FileUnwritable, $"'{name}' cannot be written: {why}.", remedy, cause);
}
