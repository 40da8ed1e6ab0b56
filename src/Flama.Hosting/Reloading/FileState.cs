namespace Flama.Hosting.Reloading;

/// <summary>What a file looks like from outside: enough to see that it was rewritten, renamed over, or that a link leads elsewhere.</summary>
/// <param name="Length">Its length in bytes; -1 when it is not there.</param>
/// <param name="Written">When it was last written.</param>
/// <param name="Created">When it was made: a file in the place of another one differs here where the system tells.</param>
/// <param name="Identity">Which file it is; 0 where the system does not tell. A copy that keeps length and times differs here.</param>
/// <param name="Changed">When anything about it changed; 0 where the system does not tell. Content rewritten with its times put back differs here.</param>
internal readonly record struct FileState(long Length, long Written, long Created, long Identity = 0, long Changed = 0)
{
    /// <summary>No file, or none that can be seen.</summary>
    public static readonly FileState Missing = new(-1, 0, 0);

    /// <summary>Whether there is a file.</summary>
    public bool Exists => Length >= 0;

    /// <summary>Looks at a file, at the end of all links.</summary>
    public static FileState Of(string path)
    {
        try
        {
            // Opening a pipe would wait for whoever writes into it. Pipes have no length; nor has an empty file anything to be read.
            _ = LinuxFile.TryStat(path, out var identity, out var changed, out var isRegular);
            var file = new FileInfo(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            if (!isRegular || (file.Exists && file.Length == 0))
            {
                return Directory.Exists(path) ? Missing : new(0, file.LastWriteTimeUtc.Ticks, file.CreationTimeUtc.Ticks, identity, changed);
            }

            // A link by itself tells of the link; what it leads to, through links in directories too, is found by opening.
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle).Ticks, File.GetCreationTimeUtc(handle).Ticks, identity, changed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Missing;
        }
    }
}
