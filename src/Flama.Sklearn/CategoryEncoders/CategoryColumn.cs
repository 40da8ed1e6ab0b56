using Flama.Json;
using Flama.Pickle;
using Flama.Sklearn.Frames;
using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>The numbering of one column's categories, which nearly every encoder of the library starts with.</summary>
/// <remarks>None and NaN are one category. An unknown category is −1 (or NaN, or an error), a missing one what training gave it: a number of its own, −2, or NaN.</remarks>
internal sealed class CategoryColumn
{
    private const double Unknown = -1;
    private const double Missing = -2;

    private readonly CellMap codes;

    private CategoryColumn(int source, string name, CellMap codes)
    {
        Source = source;
        Name = name;
        this.codes = codes;
    }

    /// <summary>Its position among the features.</summary>
    public int Source { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    private bool MarksUnknown { get; init; }

    private bool ForgetsMissing { get; init; }

    private bool RefusesUnknown { get; init; }

    private bool RefusesMissing { get; init; }

    /// <summary>Reads the mapping of an ordinal encoder: one entry a column.</summary>
    /// <param name="state">The encoder, for its columns and messages.</param>
    /// <param name="labels">The columns of the frame.</param>
    /// <param name="ordinal">The ordinal encoder: the encoder itself or the one that it holds.</param>
    public static Dictionary<int, CategoryColumn> ReadAll(EstimatorState state, FrameLabels labels, EstimatorState ordinal)
    {
        var found = new Dictionary<int, CategoryColumn>();
        var mapping = ordinal.List("mapping");
        for (var i = 0; i < mapping.Count; i++)
        {
            if (mapping[i] is not PickleDict entry || !entry.TryGetValue("col", out var label) || !entry.TryGetValue("mapping", out var numbering))
            {
                throw ordinal.Fail($"mapping[{i}] is {PythonType.NameOf(mapping[i])}, expected a dict with 'col' and 'mapping'");
            }

            var source = labels.Find(state, label);
            var unknown = ordinal.Text("handle_unknown");
            found[source] = new CategoryColumn(source, FrameLabels.Text(label), CellMap.Read(ordinal, numbering, $"mapping[{i}]"))
            {
                MarksUnknown = unknown == "value",
                ForgetsMissing = ordinal.Text("handle_missing") == "return_nan",
                RefusesUnknown = unknown == "error" || state.Value("handle_unknown") is "error",
                RefusesMissing = state.Value("handle_missing") is "error",
            };
        }

        return found;
    }

    /// <summary>Whether a missing cell may come in.</summary>
    public bool TakesMissing => !RefusesMissing && (codes.HasMissing || !RefusesUnknown);

    /// <summary>Says what the column is used for.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> columns)
    {
        columns[Source].UseAsCategory(TakesMissing, RefusesUnknown ? codes.Sayable() : null);
        columns[Source].Learn(codes.Sayable());
        if (codes.Sayable() is [var first, ..])
        {
            columns[Source].OfferExample(first);
        }
    }

    /// <summary>The number of a cell's category; NaN where the library gives that.</summary>
    public double CodeOf(Estimator owner, FeatureBatch input, int row)
    {
        var text = input.TextAt(row, Source);
        var number = input.Row(row)[Source];
        if (RefusesMissing && text is null && double.IsNaN(number))
        {
            throw InputCheck.CellProblem(owner, input, row, Source, ProblemTypes.MissingValue, $"the value is missing, which {owner.Name} was told to refuse");
        }

        if (!codes.TryFind(text, number, out var code))
        {
            code = MarksUnknown ? Unknown : double.NaN;
        }

        if (RefusesUnknown && (double.IsNaN(code) || code == Unknown))
        {
            throw InputCheck.CellProblem(
                owner, input, row, Source, ProblemTypes.UnknownCategory, $"{CategoryTable.Show(text, number)} is not a category that training had");
        }

        return ForgetsMissing && code == Missing ? double.NaN : code;
    }
}
