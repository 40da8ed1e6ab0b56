using System.Runtime.InteropServices;

namespace Flama.Hosting.Reloading;

/// <summary>What Linux tells of a file and the base library does not: which file it is, and when anything about it changed.</summary>
/// <remarks>The layout is that of the kernel's <c>statx</c> (statx(2)), the same on every architecture.</remarks>
internal static partial class LinuxFile
{
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7FF;
    private const int Size = 256;
    private const int ModeAt = 28;
    private const int InodeAt = 32;
    private const int ChangedAt = 96;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const long TicksPerSecond = 10_000_000;

    private static bool isMissing = !OperatingSystem.IsLinux();

    /// <summary>Looks at a file, at the end of all links, without opening it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">The number of its inode.</param>
    /// <param name="changed">When its content or anything else about it last changed, 100 ns since 1970.</param>
    /// <param name="isRegular">False for a directory, a pipe, a socket or a device.</param>
    /// <returns>False where the system does not tell, and where there is no such file.</returns>
    public static bool TryStat(string path, out long identity, out long changed, out bool isRegular)
    {
        (identity, changed, isRegular) = (0, 0, true);
        if (isMissing)
        {
            return false;
        }

        Span<byte> stat = stackalloc byte[Size];
        stat.Clear();
        try
        {
            if (Stat(CurrentDirectory, path, 0, BasicStats, ref MemoryMarshal.GetReference(stat)) != 0)
            {
                return false;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            isMissing = true;
            return false;
        }

        identity = BitConverter.ToInt64(stat[InodeAt..]);
        changed = (BitConverter.ToInt64(stat[ChangedAt..]) * TicksPerSecond) + (BitConverter.ToUInt32(stat[(ChangedAt + sizeof(long))..]) / 100);
        isRegular = (BitConverter.ToUInt16(stat[ModeAt..]) & TypeMask) == RegularFile;
        return true;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(int directory, string path, int flags, uint mask, ref byte result);
}
