using System.Globalization;
using System.Text.Json;

namespace Flama.Scoring;

/// <summary>Compares what a model answers with what was stored; tells differences by row and column.</summary>
/// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
/// <param name="form">How the arrays of the answer stand together.</param>
/// <param name="columns">The label of each column of a row; null where columns have none.</param>
internal sealed class CaseComparison(double tolerance, OutputForm form, LabelSet? columns)
{
    private const int Most = 100;

    private readonly List<string> differences = [];

    /// <summary>What differs, one sentence each.</summary>
    public IReadOnlyList<string> Differences => differences;

    /// <summary>Compares an answer.</summary>
    /// <param name="expected">What was stored.</param>
    /// <param name="found">What was answered.</param>
    /// <param name="where">Which case it is, for the sentences.</param>
    public void Compare(JsonElement expected, JsonElement found, string where)
    {
        // Arrays in a list or by name have rows of their own.
        var level = form == OutputForm.Single ? 0 : -1;
        Compare(expected, found, where, level);
    }

    // The parser has bounded the depth.
    private void Compare(JsonElement expected, JsonElement found, string where, int level)
    {
        if (differences.Count >= Most)
        {
            return;
        }

        switch (expected.ValueKind, found.ValueKind)
        {
            case (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() != found.GetArrayLength():
                differences.Add($"{where}: expected {expected.GetArrayLength()} {(level == 0 ? "rows" : "values")}, found {found.GetArrayLength()}");
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                var item = 0;
                foreach (var (left, right) in expected.EnumerateArray().Zip(found.EnumerateArray()))
                {
                    Compare(left, right, $"{where}, {Name(level, item++)}", level + 1);
                }

                break;
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareMembers(expected, found, where, level);
                break;
            default:
                if (!AreEqual(expected, found))
                {
                    differences.Add($"{where}: expected {expected.GetRawText()}, found {found.GetRawText()}");
                }

                break;
        }
    }

    private void CompareMembers(JsonElement expected, JsonElement found, string where, int level)
    {
        foreach (var member in expected.EnumerateObject())
        {
            if (found.TryGetProperty(member.Name, out var value))
            {
                Compare(member.Value, value, $"{where}, {member.Name}", level + 1);
            }
            else
            {
                differences.Add($"{where}: expected '{member.Name}', found none");
            }
        }

        differences.AddRange(found.EnumerateObject().Where(member => !expected.TryGetProperty(member.Name, out _))
            .Select(member => $"{where}: '{member.Name}' was not expected"));
    }

    private string Name(int level, int item) => level switch
    {
        < 0 => string.Create(CultureInfo.InvariantCulture, $"output {item}"),
        0 => string.Create(CultureInfo.InvariantCulture, $"row {item}"),
        1 when item < columns?.Count => string.Create(CultureInfo.InvariantCulture, $"column {item} ('{columns[item]}')"),
        1 => string.Create(CultureInfo.InvariantCulture, $"column {item}"),
        _ => item.ToString(CultureInfo.InvariantCulture),
    };

    private bool AreEqual(JsonElement expected, JsonElement found) => (expected.ValueKind, found.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => AreNear(expected, found),
        (JsonValueKind.String, JsonValueKind.String) => expected.GetString() == found.GetString(),
        var (left, right) => left == right,
    };

    private bool AreNear(JsonElement expected, JsonElement found)
    {
        var (wanted, given) = (expected.GetDouble(), found.GetDouble());
        return wanted.Equals(given) || Math.Abs(wanted - given) <= tolerance * Math.Max(Math.Abs(wanted), Math.Abs(given));
    }
}
