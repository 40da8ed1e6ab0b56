using System.CommandLine.Completions;

namespace Flama.Cli.Settings;

/// <summary>Names of files and directories for a shell to complete.</summary>
internal static class FileNames
{
    private const int Most = 1000;

    /// <summary>What begins as the word does; directories end with a slash.</summary>
    public static IEnumerable<CompletionItem> Starting(string word)
    {
        var cut = word.LastIndexOf('/') + 1;
        var (folder, start) = (word[..cut], word[cut..]);
        try
        {
            return [.. new DirectoryInfo(folder.Length == 0 ? "." : folder).EnumerateFileSystemInfos()
                .Where(entry => entry.Name.StartsWith(start, StringComparison.Ordinal) && (entry.Name[0] != '.' || start.StartsWith('.')))
                .Take(Most)
                .Select(entry => new CompletionItem(folder + entry.Name + (entry is DirectoryInfo ? "/" : "")))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
