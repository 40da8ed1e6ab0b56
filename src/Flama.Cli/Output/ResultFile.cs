namespace Flama.Cli.Output;

/// <summary>Where a result goes: standard output, or a file that appears complete or not at all.</summary>
internal sealed class ResultFile
{
    private const string StandardOutput = "-";
    private const string Devices = "/dev/";

    private readonly string name;
    private readonly string? target;
    private readonly CliConsole console;

    private ResultFile(string name, string? target, CliConsole console)
    {
        this.name = name;
        this.target = target;
        this.console = console;
    }

    /// <summary>Names the target; what can be known to go wrong with it is said before anything is computed.</summary>
    /// <param name="path">A file; null or <c>-</c> for standard output.</param>
    /// <param name="console">The streams of the process.</param>
    /// <exception cref="FlamaException">The target is a directory or in none (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public static ResultFile At(string? path, CliConsole console)
    {
        if (path is null or StandardOutput)
        {
            return new ResultFile("standard output", null, console);
        }

        if (path.Length == 0 || Directory.Exists(path))
        {
            throw Unwritable(path, path.Length == 0 ? "the name is empty" : "it is a directory", "Name a file.", null);
        }

        if (path.StartsWith(Devices, StringComparison.Ordinal))
        {
            return new ResultFile(path, path, console);
        }

        // A link keeps pointing where it points: what is replaced is its target.
        FileInfo file = new(path);
        var resolved = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        return Directory.Exists(Path.GetDirectoryName(resolved))
            ? new ResultFile(path, resolved, console)
            : throw Unwritable(path, "its directory does not exist", "Create the directory first.", null);
    }

    /// <summary>Writes the result.</summary>
    /// <exception cref="FlamaException">It cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        try
        {
            if (target is null)
            {
                console.Output.Write(content);
                console.Output.Flush();
            }
            else if (!TryWriteThrough(target, content))
            {
                Replace(target, content);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(name, "the system refuses", "Check the permissions and the free space of its directory.", exception);
        }
    }

    // Devices and pipes must not be replaced by a file. Opening also asks whether an existing file may be written at all.
    private static bool TryWriteThrough(string path, ReadOnlySpan<byte> content)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FileStream existing = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (existing.CanSeek && !path.StartsWith(Devices, StringComparison.Ordinal))
        {
            return false;
        }

        existing.Write(content);
        return true;
    }

    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            options.UnixCreateMode = File.GetUnixFileMode(path);
        }

        try
        {
            using (FileStream file = new(temporary, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FlamaException Unwritable(string name, string why, string remedy, Exception? cause) =>
        new(ErrorCodes.FileUnwritable, $"'{name}' cannot be written: {why}.", remedy, cause);
}
