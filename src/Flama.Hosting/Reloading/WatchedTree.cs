using System.IO.Enumeration;

namespace Flama.Hosting.Reloading;

/// <summary>The files below some directories as one number, which another set of files or another content changes.</summary>
/// <remarks>Links to directories are not followed, so that a loop of them is not a trap. Nothing is kept for a file.</remarks>
internal sealed class WatchedTree(ReloadOptions options)
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
    };

    /// <summary>Looks at all files.</summary>
    public long Look()
    {
        long sum = 0;
        foreach (var directory in options.Directories)
        {
            try
            {
                foreach (var file in FilesBelow(directory))
                {
                    // A sum, since the order of files is the file system's own.
                    sum = unchecked(sum + file);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A directory that is gone has no files.
            }
        }

        return sum;
    }

    private FileSystemEnumerable<long> FilesBelow(string directory) => new(directory, NumberOf, Everything)
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) =>
            !entry.IsDirectory && IsAny(options.Includes, entry.FileName) && !IsAny(options.Excludes, entry.FileName),
        ShouldRecursePredicate = (ref FileSystemEntry entry) =>
            (entry.Attributes & FileAttributes.ReparsePoint) == FileAttributes.None && !IsAny(options.Excludes, entry.FileName),
    };

    private static long NumberOf(ref FileSystemEntry entry) => HashCode.Combine(
        string.GetHashCode(entry.Directory, StringComparison.Ordinal),
        string.GetHashCode(entry.FileName, StringComparison.Ordinal),
        entry.Length,
        entry.LastWriteTimeUtc.Ticks);

    private static bool IsAny(IReadOnlyList<string> patterns, ReadOnlySpan<char> name)
    {
        foreach (var pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }
}
