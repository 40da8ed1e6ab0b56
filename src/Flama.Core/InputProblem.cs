namespace Flama;

/// <summary>One thing that is wrong with the rows of an input.</summary>
/// <param name="Type">A stable name of the kind of problem, for example <c>missing_value</c>.</param>
/// <param name="Message">What is wrong, naming row and feature.</param>
/// <param name="Row">The row, counted from 0; null when the whole input is meant.</param>
/// <param name="Feature">The feature's position, counted from 0; null when the whole row is meant.</param>
/// <param name="FeatureName">The feature's name where rows are objects or the model knows names; else null.</param>
public sealed record InputProblem(string Type, string Message, int? Row = null, int? Feature = null, string? FeatureName = null)
{
    /// <summary>How many problems an answer lists at most.</summary>
    public const int MaxListed = 10;

    /// <summary>The rule of the model's schema that the cell is against, a keyword of JSON Schema, for example <c>maximum</c>; null for other problems.</summary>
    public string? Rule { get; init; }

    /// <summary>The member of an object, or the parameter of a query, that is wrong; null for rows of features.</summary>
    public string? Name { get; init; }

    /// <summary>The value of that rule, JSON, for example <c>120</c>; null for other problems.</summary>
    public string? Bound { get; init; }

    internal static string Describe(IReadOnlyList<InputProblem> problems, int count)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentOutOfRangeException.ThrowIfZero(problems.Count);
        var first = problems[0].Message;
        return count switch
        {
            <= 1 => first,
            2 => $"{first} (and 1 more problem)",
            _ => $"{first} (and {count - 1} more problems)",
        };
    }
}
