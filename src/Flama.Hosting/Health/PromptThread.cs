using System.Runtime.InteropServices;

namespace Flama.Hosting.Health;

/// <summary>Asks the system to run the calling thread soon after it wakes, while all processors are busy. Does nothing where that is not known.</summary>
/// <remarks>
/// .NET's thread priorities have no effect on Linux. A short slice is allowed to everybody there and brings a thread that seldom runs in front of those that compute; a
/// better niceness is tried too, which some containers allow.
/// </remarks>
internal static partial class PromptThread
{
    private const int SetAttributesX64 = 314, SetAttributesArm64 = 274;
    private const int OfThread = 0, Self = 0, BetterBy = 5;

    // The shortest that the scheduler takes, in nanoseconds.
    private const ulong ShortSlice = 100_000;

    /// <summary>Asks for it.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            return;
        }

        try
        {
            var nice = GetPriority(OfThread, Self);
            if (SetPriority(OfThread, Self, nice - BetterBy) == 0)
            {
                nice -= BetterBy;
            }

            Attributes attributes = new() { Size = (uint)Marshal.SizeOf<Attributes>(), Nice = nice, Runtime = ShortSlice };
            _ = SystemCall(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? SetAttributesX64 : SetAttributesArm64, Self, ref attributes, 0);
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: then as before.
        }
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long SystemCall(long number, int thread, ref Attributes attributes, uint flags);

    // struct sched_attr, its first 48 bytes.
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
