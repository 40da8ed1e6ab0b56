using Flama.Cli.Models;
using Microsoft.Win32.SafeHandles;

namespace Flama.Cli;

/// <summary>Streams, variables and engines of the process, or a test's stand-ins.</summary>
internal sealed class CliConsole
{
    private readonly Lazy<TextWriter> error;
    private readonly Lazy<Stream> input;
    private readonly Lazy<Stream> output;
    private ModelEngines? engines;

    /// <summary>Names the streams; each is opened when it is first used.</summary>
    public CliConsole(Func<Stream> input, Func<Stream> output, Func<TextWriter> error)
    {
        this.input = new(input, isThreadSafe: true);
        this.output = new(output, isThreadSafe: true);
        this.error = new(error, isThreadSafe: true);
    }

    /// <summary>Standard input, bytes.</summary>
    public Stream Input => input.Value;

    /// <summary>Standard output, bytes: results and the access log, nothing else.</summary>
    public Stream Output => output.Value;

    /// <summary>Standard error: messages for people.</summary>
    public TextWriter Error => error.Value;

    /// <summary>Whether a person types the input.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether a person sees standard error.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Reads a variable of the environment; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The engines that load models.</summary>
    public ModelEngines Engines
    {
        get => engines ??= new ModelEngines().AddManaged().AddNetworks();
        init => engines = value;
    }

    /// <summary>The process's own.</summary>
    public static CliConsole OfProcess() => new(OpenInput, OpenOutput, () => Console.Error)
    {
        IsInputTerminal = !Console.IsInputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
    };

    // A closed input must read as an empty one, but by now the runtime has opened something of its own under that number. What another program handed
    // over is not marked to be closed when a program starts: it would not be here.
    private static Stream OpenInput() => OperatingSystem.IsLinux() && IsMarkedToClose("/proc/self/fdinfo/0") ? Stream.Null : Console.OpenStandardInput();

    private static bool IsMarkedToClose(string description)
    {
        const string flags = "flags:";
        const int closesOnStart = 0x80000;
        try
        {
            var line = File.ReadLines(description).FirstOrDefault(line => line.StartsWith(flags, StringComparison.Ordinal));
            return line is not null && (Convert.ToInt64(line[flags.Length..].Trim(), 8) & closesOnStart) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    // The console's own stream swallows that the reader of a pipe is gone. In a file it alone knows where others have written.
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        FileStream pipe = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
