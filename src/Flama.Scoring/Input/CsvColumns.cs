using System.Globalization;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Finds the features of a model in a header: by the name as it is, without the blanks around it, or by what pandas makes of it.</summary>
/// <param name="header">All names of the header.</param>
/// <param name="kept">The columns that count.</param>
/// <param name="spec">What rows the model takes.</param>
/// <param name="warn">Hears of columns that were found by another spelling, and of those that are not used.</param>
/// <param name="subject">What messages call what has the names.</param>
internal sealed class CsvColumns(
    IReadOnlyList<string> header, IReadOnlyList<int> kept, TableSpec spec, Action<string>? warn, string subject = CsvColumns.Header)
{
    /// <summary>What messages call the first line of CSV.</summary>
    public const string Header = "The header";

    private const string Unnamed = "Unnamed: ";

    private readonly HashSet<int> taken = [];
    private readonly string[] names = [.. spec.Features.Select(feature => feature.Name!)];

    /// <summary>The columns that count, where some are to be left out.</summary>
    /// <param name="names">The names of all columns.</param>
    /// <param name="dropped">The names of those to leave out.</param>
    /// <param name="subject">What messages call what has the names.</param>
    /// <exception cref="FlamaException">A column to leave out is not there.</exception>
    public static int[] Kept(IReadOnlyList<string> names, IReadOnlyList<string> dropped, string subject = Header)
    {
        var unknown = dropped.Except(names, StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? [.. Enumerable.Range(0, names.Count).Where(column => !dropped.Contains(names[column], StringComparer.Ordinal))]
            : throw new FlamaException(
                ErrorCodes.InvalidOption, $"{subject} has no column {CsvHeader.List(unknown)} to leave out.", $"It has: {CsvHeader.List(names)}.");
    }

    /// <summary>The column of each feature.</summary>
    /// <exception cref="FlamaException">A feature has no column, or more than one, or a column is no feature and the model takes no more than its features.</exception>
    public int[] Find()
    {
        var columns = new int[names.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Take(name => name == names[i]);
        }

        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = columns[i] >= 0 ? columns[i] : FindOtherwise(names[i]);
        }

        Check(columns);
        return columns;
    }

    private int Take(Func<string, bool> isName)
    {
        foreach (var column in kept)
        {
            if (!taken.Contains(column) && isName(header[column]))
            {
                taken.Add(column);
                return column;
            }
        }

        return -1;
    }

    private int FindOtherwise(string name)
    {
        var column = Take(text => text.Trim() == name.Trim());
        if (column >= 0)
        {
            warn?.Invoke($"Column {Excerpt.Of(header[column])} is taken for {Excerpt.Of(name)}.");
            return column;
        }

        // The second column named a is a.1 to pandas, and a first one without a name is Unnamed: 0.
        var dot = name.LastIndexOf('.');
        if (dot > 0 && int.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var repeat) && repeat > 0)
        {
            var same = kept.Where(at => header[at] == name[..dot]).ToList();
            return repeat < same.Count && taken.Add(same[repeat]) ? same[repeat] : -1;
        }

        return name.StartsWith(Unnamed, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Unnamed.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && kept.Contains(position) && header[position].Length == 0 && taken.Add(position)
                ? position
                : -1;
    }

    private void Check(int[] columns)
    {
        string[] missing = [.. names.Where((_, i) => columns[i] < 0 && spec.Features[i].IsUsed)];
        string[] left = [.. kept.Where(column => !taken.Contains(column)).Select(column => header[column])];
        if (missing.Length == 0 && left.FirstOrDefault(names.Contains) is { } twice)
        {
            throw new FlamaException(
                ErrorCodes.InvalidInput,
                $"{subject} names {Excerpt.Of(twice)} {Times(header.Count(name => name == twice))}, and the model takes it {Times(names.Count(name => name == twice))}.",
                "Rename or remove the column that does not belong to the model.");
        }

        List<string> parts = [];
        if (missing.Length > 0)
        {
            parts.Add($"has no column for {CsvHeader.List(missing)}");
        }

        if (left.Length > 0 && !spec.SelectsByName)
        {
            parts.Add($"has columns that the model does not know: {CsvHeader.List(left)}");
        }

        if (parts.Count > 0)
        {
            var drop = missing.Length == 0 ? " Leave the others out." : "";
            throw new FlamaException(ErrorCodes.InvalidInput, $"{subject} {string.Join(" and ", parts)}.", $"The model takes: {CsvHeader.List(names)}.{drop}");
        }

        if (left.Length > 0)
        {
            warn?.Invoke($"Columns that the model does not use: {CsvHeader.List(left)}.");
        }
    }

    private static string Times(int count) => count == 1 ? "once" : count == 2 ? "twice" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
