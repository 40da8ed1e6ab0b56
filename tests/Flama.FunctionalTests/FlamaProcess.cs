using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Flama.FunctionalTests;

/// <summary>A run of the real <c>flama</c>: the program built beside the tests, in a process of its own.</summary>
/// <remarks>Tests wait for lines, never for time; the limit only ends a test that would hang.</remarks>
internal sealed class FlamaProcess : IAsyncDisposable
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly CancellationTokenSource hang;
    private readonly Channel<string> errors = Channel.CreateUnbounded<string>();
    private readonly Channel<string> outputs = Channel.CreateUnbounded<string>();
    private readonly Task[] readers;
    private readonly StringBuilder seen = new();

    private FlamaProcess(Process process, TimeSpan limit)
    {
        this.process = process;
        hang = new(limit);
        readers =
        [
            ReadAsync(process.StandardError, errors.Writer, seen),
            ReadAsync(process.StandardOutput, outputs.Writer, null),
        ];
    }

    /// <summary>The process's standard input.</summary>
    public StreamWriter Input => process.StandardInput;

    /// <summary>The program that runs assemblies.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">Its environment beside this process's, of which variables of Flama are taken away.</param>
    public static FlamaProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        StartOther([Host, Path.Combine(AppContext.BaseDirectory, "flama.dll"), .. arguments], variables);

    /// <summary>Starts a program that starts <c>flama</c>: its own arguments first, then the whole call.</summary>
    public static FlamaProcess StartBehind(IEnumerable<string> launcher, IEnumerable<string> arguments) =>
        StartOther([.. launcher, Host, Path.Combine(AppContext.BaseDirectory, "flama.dll"), .. arguments], null);

    /// <summary>Runs another program, a shell for example, to its end.</summary>
    public static async Task<FlamaResult> RunOtherAsync(string program, IEnumerable<string> arguments, TimeSpan? limit = null)
    {
        await using var run = StartOther([program, .. arguments], null, limit: limit);
        run.Input.Close();
        return await run.WaitForExitAsync();
    }

    /// <summary>Starts another program.</summary>
    /// <param name="call">The program and its arguments.</param>
    /// <param name="variables">Its environment beside this process's, of which variables of Flama are taken away.</param>
    /// <param name="folder">Its current directory; null for that of this process.</param>
    /// <param name="limit">How long it may take; null for two minutes.</param>
    public static FlamaProcess StartOther(IReadOnlyList<string> call, IReadOnlyDictionary<string, string>? variables, string? folder = null, TimeSpan? limit = null)
    {
        ProcessStartInfo start = new(call[0])
        {
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in call.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLAMA_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new FlamaProcess(Process.Start(start)!, limit ?? HangLimit);
    }

    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="variables">Its environment.</param>
    public static async Task<FlamaResult> RunAsync(
        IEnumerable<string> arguments, string input = "", IReadOnlyDictionary<string, string>? variables = null)
    {
        await using var run = Start(arguments, variables);
        try
        {
            await run.Input.WriteAsync(input);
            run.Input.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input.
        }

        return await run.WaitForExitAsync();
    }

    /// <summary>Waits for a line on standard error that holds a text, and gives it.</summary>
    public Task<string> WaitForErrorAsync(string text) => WaitAsync(errors.Reader, text);

    /// <summary>Waits for a line on standard output that holds a text, and gives it.</summary>
    public Task<string> WaitForOutputAsync(string text) => WaitAsync(outputs.Reader, text);

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code, and the lines that nobody has waited for.</returns>
    public async Task<FlamaResult> WaitForExitAsync()
    {
        await process.WaitForExitAsync(hang.Token);
        await Task.WhenAll(readers);
        return new FlamaResult(process.ExitCode, await RestAsync(outputs.Reader), await RestAsync(errors.Reader));
    }

    /// <summary>Asks the process to end, as a service manager does.</summary>
    /// <param name="signal">The name of a signal, for example <c>TERM</c>.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        await kill.WaitForExitAsync(hang.Token);
    }

    /// <summary>Ends the process if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync(CancellationToken.None);
        await Task.WhenAll(readers);
        process.Dispose();
        hang.Dispose();
    }

    private async Task<string> WaitAsync(ChannelReader<string> lines, string text)
    {
        try
        {
            await foreach (var line in lines.ReadAllAsync(hang.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Reported below with what the program has said.
        }

        lock (seen)
        {
            throw new InvalidOperationException($"No line had '{text}'. Standard error was:\n{seen}");
        }
    }

    private static async Task ReadAsync(StreamReader reader, ChannelWriter<string> lines, StringBuilder? copy)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (copy is not null)
            {
                lock (copy)
                {
                    copy.AppendLine(line);
                }
            }

            lines.TryWrite(line);
        }

        lines.Complete();
    }

    private static async Task<string> RestAsync(ChannelReader<string> lines)
    {
        StringBuilder rest = new();
        await foreach (var line in lines.ReadAllAsync(CancellationToken.None))
        {
            rest.Append(line).Append('\n');
        }

        return rest.ToString();
    }
}
