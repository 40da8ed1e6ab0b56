using System.Runtime.InteropServices;

namespace Flama.Cli.Running;

/// <summary>Sends signals to processes. Where there are none, does nothing.</summary>
internal static partial class UnixSignals
{
    /// <summary>Sends a signal; to a process that has ended, in vain.</summary>
    public static void Send(int process, PosixSignal signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            // The numbers that all systems share.
            _ = Kill(process, signal switch
            {
                PosixSignal.SIGHUP => 1,
                PosixSignal.SIGINT => 2,
                PosixSignal.SIGQUIT => 3,
                _ => 15,
            });
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
