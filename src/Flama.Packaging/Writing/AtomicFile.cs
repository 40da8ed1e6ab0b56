namespace Flama.Packaging.Writing;

/// <summary>Writes a file that is either complete or not there.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target, flushes to the disk, and only then takes the target's name.</summary>
    /// <exception cref="FlamaException">The file cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        var name = Path.GetFileName(path);
        if (name.Length == 0 || Directory.Exists(path))
        {
            throw Unwritable(name.Length == 0 ? path : name, "it is a directory", "Name a file.", null);
        }

        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(directory))
        {
            throw Unwritable(name, "its directory does not exist", "Create the directory first.", null);
        }

        var temporary = Path.Combine(directory, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception)
        {
            Remove(temporary);
            if (exception is not (IOException or UnauthorizedAccessException))
            {
                throw;
            }

            throw Unwritable(name, "the system refuses", "Check the permissions and the free space of its directory.", exception);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to tell.
        }
    }

    private static FlamaException Unwritable(string name, string why, string remedy, Exception? cause) =>
        new(ErrorCodes.FileUnwritable, $"'{name}' cannot be written: {why}.", remedy, cause);
}
