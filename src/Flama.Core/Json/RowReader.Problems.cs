using System.Text;
using System.Text.Json;

namespace Flama.Json;

internal ref partial struct RowReader
{
    private const int MaxBytesShown = 160;

    /// <summary>Turns the pass into one that only counts; true when the caller should add the problem's message, else it is counted.</summary>
    private bool Problem()
    {
        Abandon();
        cells = default;
        problems ??= new();
        if (problems.WantsMessage)
        {
            return true;
        }

        problems.Add();
        return false;
    }

    // A problem of the input as a whole; there is only one such.
    private void Problem(string type, string message)
    {
        if (Problem())
        {
            problems!.Add(new(type, message));
        }
    }

    private readonly void AddProblem(string type, int column, string what) =>
        problems!.Add(new(type, $"{plan.Where(row, column)} {what}.", row, column, plan.Names?[column]));

    private readonly string DescribeWidth(int found)
    {
        var names = problems is { Count: > 0 } ? string.Empty : plan.DescribeNames();
        return initialPlan.KnowsWidth
            ? $"{RowPlan.Where(row)} has {Count(found, "feature")}, expected {plan.Columns}{names}."
            : $"{RowPlan.Where(row)} has {Count(found, "value")} and row 0 has {plan.Columns}, expected rows of the same length.";
    }

    private readonly string Describe() => reader.TokenType switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "a boolean",
    };

    // A token as it was written, escapes included.
    private static string Shown(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8.Length > MaxBytesShown ? utf8[..MaxBytesShown] : utf8);
        return Excerpt.Of(text);
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
