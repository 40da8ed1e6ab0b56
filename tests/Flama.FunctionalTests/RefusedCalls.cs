using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Flama.FunctionalTests;

/// <summary>
/// Programs to which the system refuses calls that set priorities, as <c>SystemCallFilter=~@resources</c> with <c>SystemCallErrorNumber=EPERM</c> of systemd does. <c>sched_setaffinity</c> is left to them:
/// without it the runtime itself does not start.
/// </summary>
internal static class RefusedCalls
{
    private const int NoNewPrivileges = 38, Seccomp = 22, FilterMode = 2;
    private const uint Allow = 0x7FFF_0000, Refuse = 0x0005_0001;

    // Of the group @resources: ioprio_set, sched_setparam, sched_setscheduler, setpriority, setrlimit, mbind, set_mempolicy, migrate_pages, move_pages, sched_setattr.
    private static readonly uint[] X64 = [251, 142, 144, 141, 160, 237, 238, 256, 279, 314];
    private static readonly uint[] Arm64 = [30, 118, 119, 140, 164, 235, 237, 238, 239, 274];

    /// <summary>Starts a program that has such a filter, and all that it starts in turn.</summary>
    /// <param name="start">Starts it before it waits for anything.</param>
    public static async Task<T> StartAsync<T>(Func<Task<T>> start)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64, "Filters of system calls are known for Linux on x64 and arm64 only.");

        // A filter is the thread's own, and goes to processes that the thread starts; it can never be taken off.
        TaskCompletionSource<Task<T>> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                Set(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? X64 : Arm64);
                started.SetResult(start());
            }
#pragma warning disable CA1031 // It is thrown where it is awaited.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                started.SetException(failure);
            }
        });
        thread.Start();
        return await await started.Task;
    }

    // The number of the call is the first word; each comparison either falls through to the refusal behind it or skips it.
    private static void Set(uint[] calls)
    {
        Instruction[] filter =
        [
            new(0x20, 0, 0, 0),
            .. calls.SelectMany(call => new Instruction[] { new(0x15, 0, 1, call), new(0x06, 0, 0, Refuse) }),
            new(0x06, 0, 0, Allow),
        ];
        var pinned = GCHandle.Alloc(filter, GCHandleType.Pinned);
        try
        {
            Program program = new((ushort)filter.Length, pinned.AddrOfPinnedObject());
            if (Control(NoNewPrivileges, 1, 0, 0, 0) != 0 || Control(Seccomp, FilterMode, ref program, 0, 0) != 0)
            {
                throw new Win32Exception();
            }
        }
        finally
        {
            pinned.Free();
        }
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nint first, nint second, nint third, nint fourth);

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nint first, ref Program program, nint third, nint fourth);

    // struct sock_filter and struct sock_fprog.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Program(ushort Length, nint Filter);
}
