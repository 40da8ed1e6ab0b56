using System.ComponentModel;
using System.Diagnostics;

namespace Flama.Onnx.Trials;

/// <summary>Starts the process that tries a graph, and ends it where it is over a limit. For one trial.</summary>
internal sealed class TrialWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private readonly OnnxTrial trial;
    private readonly string name;
    private readonly long most;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Lock ending = new();
    private readonly Timer timer;
    private FlamaException? failure;
    private bool isOver;

    private TrialWatch(OnnxTrial trial, string name, long most)
    {
        this.trial = trial;
        this.name = name;
        this.most = most;
        process = Start(trial);
        process.BeginErrorReadLine();
        timer = new(static watch => ((TrialWatch)watch!).Look(), this, Interval, Interval);
    }

    /// <summary>Tries a graph.</summary>
    /// <exception cref="FlamaException">
    /// It ended the process (<see cref="ErrorCodes.InvalidModel"/>), was over a limit (<see cref="ErrorCodes.LimitExceeded"/>), or no process could be started
    /// (<see cref="ErrorCodes.InvalidOption"/>).
    /// </exception>
    public static void Check(OnnxTrial trial, OnnxOptions options, string name, ReadOnlyMemory<byte> graph, IReadOnlyCollection<SideFile> files, CancellationToken cancellationToken)
    {
        using TrialWatch watch = new(trial, name, trial.MaxBytes + (8 * (graph.Length + files.Sum(file => file.Content.Length))));
        using var cancellation = cancellationToken.UnsafeRegister(static watch => ((TrialWatch)watch!).End(null), watch);
        watch.Send(graph, files, options);
        watch.process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        if (watch.FindFailure() is { } found)
        {
            throw found;
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        End(null);
        process.Dispose();
    }

    private static Process Start(OnnxTrial trial)
    {
        try
        {
            var start = trial.Start?.Invoke() ?? ThisProgram();
            start.UseShellExecute = false;
            start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
            start.Environment[OnnxTrial.Variable] = "1";
            return Process.Start(start) ?? throw new Win32Exception();
        }
        catch (Win32Exception why)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, "No process could be started to try the model in.", "Switch trials off where no process can be started.", why);
        }
    }

    // "dotnet app.dll" is the host with the program as its first argument.
    private static ProcessStartInfo ThisProgram()
    {
        var host = Environment.ProcessPath ?? throw new Win32Exception();
        return string.Equals(Path.GetFileNameWithoutExtension(host), "dotnet", StringComparison.OrdinalIgnoreCase) ? new(host, [Environment.GetCommandLineArgs()[0]]) : new(host);
    }

    private void Send(ReadOnlyMemory<byte> graph, IReadOnlyCollection<SideFile> files, OnnxOptions options)
    {
        try
        {
            using var input = process.StandardInput.BaseStream;
            TrialMessage.Write(input, name, graph, files, options);
        }
        catch (IOException)
        {
            // The process has ended, or ends where its input does: its exit code says more.
        }
    }

    private void Look()
    {
        lock (ending)
        {
            if (isOver)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(started) > trial.MaxTime)
            {
                End(Over($"{trial.MaxTime.TotalSeconds:G4} seconds", nameof(OnnxTrial.MaxTime)));
            }
            else if (Used() > most)
            {
                End(Over($"{most} bytes of memory", nameof(OnnxTrial.MaxBytes)));
            }
        }
    }

    private long Used()
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has ended.
            return 0;
        }
    }

    private void End(FlamaException? why)
    {
        lock (ending)
        {
            if (!isOver)
            {
                isOver = true;
                failure = why;
                process.Kill();
            }
        }
    }

    private FlamaException? FindFailure()
    {
        lock (ending)
        {
            if (failure is not null || process.ExitCode == 0)
            {
                return failure;
            }
        }

        var isLoaded = process.StandardOutput.BaseStream.ReadByte() == TrialRun.Loaded;
        return new(
            ErrorCodes.InvalidModel,
            $"'{name}' ended the process in which it was tried (exit code {process.ExitCode}), when it was {(isLoaded ? "given zeros" : "loaded")}.",
            "Do not load this file. If it is your own, export the model again, with another version of the exporter.");
    }

    private FlamaException Over(string what, string option) =>
        new(ErrorCodes.LimitExceeded, $"'{name}' took more than {what} when it was tried in a process of its own.", $"Raise {nameof(OnnxTrial)}.{option} if you trust the file.");
}
