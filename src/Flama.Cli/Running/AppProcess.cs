using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Flama.Cli.Running;

/// <summary>A program that runs instead of this one: with its streams, and with the signals it gets.</summary>
internal static class AppProcess
{
    // What the watching program gives its application to know it by, and none of its helpers.
    private const string Watched = "DOTNET_WATCH=1";

    // How long a watched application has for its last requests.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the program to its end.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="isTerminal">Whether Ctrl+C reaches the program by itself.</param>
    /// <param name="isWatched">Whether the program watches sources and would go on watching when its application ends.</param>
    /// <returns>Its exit code; 0 when it watched and was asked to stop.</returns>
    public static async Task<int> RunAsync(ProcessStartInfo start, bool isTerminal, bool isWatched)
    {
        using var process = Process.Start(start) ?? throw new Win32Exception();
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<PosixSignalRegistration> registrations = [];
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP })
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (isWatched)
                {
                    stopped.TrySetResult();
                }
                else if (!(isTerminal && signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT))
                {
                    UnixSignals.Send(process.Id, signal);
                }
            }));
        }

        try
        {
            var ended = process.WaitForExitAsync();
            if (isWatched && await Task.WhenAny(ended, stopped.Task) == stopped.Task)
            {
                await StopAsync(process);
                return 0;
            }

            await ended;
            return process.ExitCode;
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }

    // The watching program takes the end of its application for an accident. So the application is asked to end, and then all is ended.
    private static async Task StopAsync(Process process)
    {
        var applications = ProcessTree.LeavesBelow(process.Id).Where(leaf => ProcessTree.HasVariable(leaf, Watched)).ToList();
        foreach (var application in applications)
        {
            UnixSignals.Send(application, PosixSignal.SIGTERM);
        }

        var start = Stopwatch.GetTimestamp();
        while (applications.Any(ProcessTree.IsRunning) && Stopwatch.GetElapsedTime(start) < StopLimit)
        {
            await Task.Delay(Look);
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }
}
