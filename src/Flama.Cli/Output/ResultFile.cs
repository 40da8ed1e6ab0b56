using Flama.Packaging;

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

        if (path.StartsWith(Devices, StringComparison.Ordinal))
        {
            return new ResultFile(path, path, console);
        }

        return new ResultFile(path, AtomicFile.Check(path), console);
    }

    /// <summary>Writes the whole result.</summary>
    /// <exception cref="FlamaException">It cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        using var stream = Open();
        stream.Write(content);
        stream.Commit();
    }

    /// <summary>Begins a result that comes in pieces.</summary>
    /// <exception cref="FlamaException">It cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public ResultStream Open()
    {
        try
        {
            if (target is null)
            {
                return new ResultStream(console.Output, name);
            }

            return OpenThrough(target) is { } device ? new ResultStream(device, name) : new ResultStream(AtomicFile.Create(target, name), name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Refused(name, exception);
        }
    }

    // Devices and pipes must not be replaced by a file.
    private static FileStream? OpenThrough(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        FileStream existing = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (existing.CanSeek && !path.StartsWith(Devices, StringComparison.Ordinal))
        {
            existing.Dispose();
            return null;
        }

        return existing;
    }
}
