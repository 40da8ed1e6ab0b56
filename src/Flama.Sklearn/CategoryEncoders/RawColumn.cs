using Flama.Json;
using Flama.Sklearn.Frames;
using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>The column that stands for one feature: the value of each cell as it comes, without numbering.</summary>
/// <param name="source">The feature's position.</param>
/// <param name="name">The column's name.</param>
/// <param name="values">The value of each cell.</param>
internal sealed class RawColumn(int source, string name, CellMap values) : FrameColumns([name])
{
    /// <summary>What an unknown category gives; null refuses it.</summary>
    public double? Unknown { get; init; }

    /// <summary>What a missing cell gives that training had no value for; null refuses it.</summary>
    public double? Missing { get; init; }

    /// <summary>Whether None is a missing cell like NaN, and not one that training never saw.</summary>
    public bool TakesNoneForNaN { get; init; }

    /// <summary>Whether a missing cell is never looked up.</summary>
    public bool ForgetsMissing { get; init; }

    /// <summary>Names of groups that rare categories were put into; null where there are none.</summary>
    public Func<string?, double, (string? Text, double Number)>? Group { get; init; }

    public override bool TakesMissing(bool downstream) => Missing is not null;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        columns[source].UseAsCategory(TakesMissing(downstream), Unknown is null ? values.Sayable() : null);
        columns[source].Learn(values.Sayable());
        if (values.Sayable() is [var first, ..])
        {
            columns[source].OfferExample(first);
        }
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        var text = input.TextAt(row, source);
        var number = input.Row(row)[source];
        if (text is null && double.IsNaN(number))
        {
            output[0, 0] = MissingValue(owner, input, row, number);
            return;
        }

        if (Group is not null)
        {
            (text, number) = Group(text, number);
        }

        output[0, 0] = values.TryFind(text, number, out var value)
            ? value
            : Unknown ?? throw InputCheck.CellProblem(
                owner, input, row, source, ProblemTypes.UnknownCategory, $"{CategoryTable.Show(text, number)} is not a category that training had");
    }

    private double MissingValue(Estimator owner, FeatureBatch input, int row, double number)
    {
        if (Missing is not { } missing)
        {
            throw InputCheck.CellProblem(owner, input, row, source, ProblemTypes.MissingValue, $"the value is missing, which {owner.Name} was told to refuse");
        }

        if (ForgetsMissing || (FeatureBatch.IsNull(number) && !TakesNoneForNaN))
        {
            return missing;
        }

        var (text, value) = Group is null ? (null, double.NaN) : Group(null, double.NaN);
        return values.TryFind(text, value, out var found) ? found : missing;
    }
}
