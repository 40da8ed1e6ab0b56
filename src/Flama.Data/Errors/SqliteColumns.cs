namespace Flama.Data.Errors;

/// <summary>The columns that SQLite names where a constraint is broken: <c>UNIQUE constraint failed: puppies.name, puppies.owner</c>.</summary>
internal static class SqliteColumns
{
    private const string Failed = "constraint failed: ";

    public static IReadOnlyList<string> In(string message)
    {
        var start = message.IndexOf(Failed, StringComparison.Ordinal);
        if (start < 0)
        {
            return [];
        }

        var names = message[(start + Failed.Length)..].TrimEnd('.', '\'');
        return [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(name => name.Contains('.', StringComparison.Ordinal))
            .Select(name => name[(name.LastIndexOf('.') + 1)..])];
    }
}
