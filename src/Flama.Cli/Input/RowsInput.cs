namespace Flama.Cli.Input;

/// <summary>Where rows come from: standard input or a file.</summary>
internal static class RowsInput
{
    private const string StandardInput = "-";
    private const int FirstBuffer = 64 * 1024;

    /// <summary>What messages call the input.</summary>
    /// <param name="path">A file; null or <c>-</c> for standard input.</param>
    public static string NameOf(string? path) => path is null or StandardInput ? "standard input" : $"'{path}'";

    /// <summary>Opens the input.</summary>
    /// <param name="path">A file; null or <c>-</c> for standard input.</param>
    /// <param name="console">The streams of the process.</param>
    /// <exception cref="FlamaException">There is no such file, or it cannot be read.</exception>
    public static Stream Open(string? path, CliConsole console)
    {
        if (path is null or StandardInput)
        {
            if (console.IsInputTerminal)
            {
                console.Error.WriteLine("Type the rows as JSON, for example [[0, 1], [1, 1]], and end with Ctrl+D on a line of its own.");
            }

            return new DirectInput(console.Input);
        }

        try
        {
            return new DirectInput(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new FlamaException(
                ErrorCodes.FileNotFound, $"There is no input file '{path}'.", "Check the path, or give the rows on standard input.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var why = Directory.Exists(path) ? "it is a directory" : "the system refuses";
            throw new FlamaException(
                ErrorCodes.FileUnreadable, $"'{path}' cannot be read: {why}.", "Name a file that this user may read.", exception);
        }
    }

    /// <summary>Reads what is left of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="FlamaException">It does not fit into memory.</exception>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream, string name)
    {
        var length = stream.CanSeek ? stream.Length - stream.Position : 0;
        if (length > Array.MaxLength)
        {
            throw TooLarge(name);
        }

        // One byte more than the length, so that the end is seen without growing.
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(FirstBuffer, length + 1), Array.MaxLength));
        var used = 0;
        int read;
        while ((read = stream.Read(buffer, used, buffer.Length - used)) > 0)
        {
            used += read;
            if (used == buffer.Length)
            {
                Array.Resize(ref buffer, used == Array.MaxLength ? throw TooLarge(name) : (int)Math.Min(2L * used, Array.MaxLength));
            }
        }

        return buffer.AsMemory(0, used);
    }

    private static FlamaException TooLarge(string name) =>
        new(ErrorCodes.InputTooLarge, $"The input from {name} is larger than 2 GiB.", "Give it as one list of rows, or a row a line, so that it need not be held at once.");
}
