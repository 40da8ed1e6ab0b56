using System.Globalization;

namespace Flama.Hosting.Auditing;

/// <summary>The closed files of an audit log, beside the one that is written.</summary>
internal static class AuditFiles
{
    private const string NumberFormat = "D12";

    /// <summary>The name of a file that is closed.</summary>
    public static string ClosedName(string path, long lastEntry) => $"{path}.{lastEntry.ToString(NumberFormat, CultureInfo.InvariantCulture)}";

    /// <summary>The closed files, oldest first.</summary>
    public static IReadOnlyList<string> Closed(string path)
    {
        var full = Path.GetFullPath(path);
        return [.. Directory.EnumerateFiles(Path.GetDirectoryName(full)!, $"{Path.GetFileName(full)}.*")
            .Where(file => file.Length > full.Length + 1 && file.AsSpan(full.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0)
            .OrderBy(file => long.Parse(file.AsSpan(full.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture))];
    }
}
