namespace Flama.Packaging.Sources;

/// <summary>Temporary files for what must be complete before its size is known.</summary>
internal static class SpoolFile
{
    /// <summary>A file that can be written and read, and that is gone when it is closed.</summary>
    /// <exception cref="FlamaException">The temporary directory cannot be written.</exception>
    public static FileStream Create()
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
                BufferSize = 64 * 1024,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(Path.Combine(Path.GetTempPath(), $"flama-{Guid.NewGuid():N}.tmp"), options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnwritable,
                "The temporary directory cannot be written.",
                "Check its free space and permissions.",
                exception);
        }
    }
}
