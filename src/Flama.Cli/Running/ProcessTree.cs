using System.Globalization;

namespace Flama.Cli.Running;

/// <summary>Which processes a process has started, where the system tells (Linux); elsewhere none are known.</summary>
internal static class ProcessTree
{
    private const string Table = "/proc";

    /// <summary>The processes below one that have started none themselves.</summary>
    public static IReadOnlyList<int> LeavesBelow(int process)
    {
        var children = Parents().ToLookup(pair => pair.Parent, pair => pair.Process);
        List<int> leaves = [];
        Queue<int> open = new(children[process]);
        while (open.TryDequeue(out var next))
        {
            if (!children[next].Any())
            {
                leaves.Add(next);
            }

            foreach (var child in children[next])
            {
                open.Enqueue(child);
            }
        }

        return leaves;
    }

    /// <summary>Whether a process was started with a variable, as far as this user may know.</summary>
    public static bool HasVariable(int process, string assignment)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"{Table}/{process}/environ")).Split('\0').Contains(assignment, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a process still runs.</summary>
    public static bool IsRunning(int process) => Status(process) is { State: not 'Z' };

    private static IEnumerable<(int Process, int Parent)> Parents()
    {
        if (!Directory.Exists(Table))
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories(Table))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && Status(process) is { } status)
            {
                yield return (process, status.Parent);
            }
        }
    }

    // pid (name) state parent …; the name can hold anything, parentheses too.
    private static (char State, int Parent)? Status(int process)
    {
        try
        {
            var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"{Table}/{process}/stat"));
            var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
