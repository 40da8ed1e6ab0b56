using Flama.Json;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>A column of numbers, each computed from the same row's number of one feature.</summary>
/// <param name="source">The feature's position.</param>
/// <param name="name">The column's name.</param>
/// <param name="compute">The number that comes out.</param>
internal sealed class NumberColumn(int source, string name, Func<double, double> compute) : FrameColumns([name])
{
    /// <summary>Whether missing cells (and infinite ones) are refused, as most transformers of the library do.</summary>
    public bool RefusesMissing { get; init; } = true;

    /// <summary>What numbers are taken; null for all.</summary>
    public Func<double, bool>? Takes { get; init; }

    /// <summary>What those are, for a message: "above 0".</summary>
    public string Range { get; init; } = "";

    public override bool TakesMissing(bool downstream) => !RefusesMissing && downstream;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) =>
        columns[source].UseAsNumber(parsesText: false, TakesMissing(downstream), takesInfinity: !RefusesMissing);

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        var number = Read(owner, input, row, source, RefusesMissing);
        if (Takes is not null && !double.IsNaN(number) && !Takes(number))
        {
            throw InputCheck.CellProblem(owner, input, row, source, ProblemTypes.NumberRange, $"{owner.Name} takes numbers {Range} here");
        }

        output[0, 0] = compute(number);
    }

    /// <summary>The number of a cell.</summary>
    /// <exception cref="FlamaException">It is a string, or missing or infinite and that is refused.</exception>
    public static double Read(Estimator owner, FeatureBatch input, int row, int column, bool refusesMissing)
    {
        if (input.TextAt(row, column) is { } text)
        {
            throw InputCheck.CellProblem(
                owner, input, row, column, ProblemTypes.NotANumber, $"{owner.Name} needs a number and found the string \"{InputCheck.Shorten(text)}\"");
        }

        var number = input.Row(row)[column];
        if (refusesMissing && !double.IsFinite(number))
        {
            throw InputCheck.CellProblem(
                owner,
                input,
                row,
                column,
                double.IsNaN(number) ? ProblemTypes.MissingValue : ProblemTypes.Infinity,
                $"the value is {(double.IsNaN(number) ? "missing" : "infinite")}, which {owner.Name} does not take");
        }

        return number;
    }
}
