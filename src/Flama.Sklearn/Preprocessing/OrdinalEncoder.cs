using Flama.Json;
using Flama.Pickle;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Replaces each cell by the number of its category.</summary>
/// <remarks>
/// An unknown category is an error or <c>unknown_value</c> (since 0.24); a missing value that training had becomes <c>encoded_missing_value</c> (NaN where
/// nothing else is said). Rare categories share the number after the frequent ones' (since 1.3).
/// Source: sklearn.preprocessing._encoders, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class OrdinalEncoder : CategoryEncoder
{
    private static readonly Scalar RareName = Scalar.Of("infrequent_sklearn");

    private readonly double[][] codes;
    private readonly Scalar[][] names;
    private readonly int[] missing;
    private readonly double missingValue;
    private readonly double unknownValue;

    public OrdinalEncoder(EstimatorState state)
        : base(state)
    {
        RefusesUnknown = state.Value("handle_unknown") is null || state.Choice("handle_unknown", "error", "use_encoded_value") == "error";
        unknownValue = RefusesUnknown ? double.NaN : state.Number("unknown_value");
        missingValue = state.Number("encoded_missing_value", double.NaN);
        missing = MissingOf(state);
        var mappings = state.Flag("_infrequent_enabled", false) ? state.List("_default_to_infrequent_mappings") : null;
        codes = new double[Tables.Length][];
        names = new Scalar[Tables.Length][];
        for (var i = 0; i < codes.Length; i++)
        {
            var mapping = mappings?.ElementAtOrDefault(i) is { } item ? state.AsIntegers(item, $"_default_to_infrequent_mappings[{i}]") : null;
            (codes[i], names[i]) = CodesOf(state, Tables[i].Categories, mapping, missing[i]);
        }

        NumberKind = NumberType.KindOf(state);
    }

    protected override bool RefusesUnknown { get; }

    protected override PredictionKind NumberKind { get; }

    protected override bool HasInverse => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.InverseTransform
        ? new(PredictionKind.Mixed, Tables.Length)
        : base.Shape(method, input);

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            var texts = input.TextRow(row);
            var target = output.Row(row);
            for (var i = 0; i < target.Length; i++)
            {
                var category = Find(input, row, i, texts.IsEmpty ? null : texts[i], numbers[i]);
                target[i] = category < 0 ? unknownValue : codes[i][category];
            }
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            for (var i = 0; i < values.Length; i++)
            {
                var category = CategoryOf(input, row, i, values[i]);
                output[row, i] = category.Kind == ScalarKind.Null ? FeatureBatch.Null : category.Number;
                output.SetText(row, i, category.Text);
            }
        }
    }

    private static bool IsSame(double value, double marker) => double.IsNaN(marker) ? double.IsNaN(value) : value == marker;

    private static int[] MissingOf(EstimatorState state)
    {
        var positions = new int[state.List("categories_").Count];
        positions.AsSpan().Fill(-1);
        if (state.Value("_missing_indices") is PickleDict indices)
        {
            foreach (var (feature, category) in indices)
            {
                if (feature is not (long and >= 0) || (long)feature >= positions.Length || category is not (long and >= 0 and < int.MaxValue))
                {
                    throw state.Fail("its _missing_indices are no positions of features and categories");
                }

                positions[(int)(long)feature] = (int)(long)category;
            }
        }

        return positions;
    }

    private (double[] Codes, Scalar[] Names) CodesOf(EstimatorState state, IReadOnlyList<Scalar> categories, int[]? mapping, int missingIndex)
    {
        if (missingIndex >= categories.Count || (mapping is not null && (mapping.Length < categories.Count - (missingIndex < 0 ? 0 : 1)
            || mapping.Any(code => code < 0 || code >= Math.Max(1, categories.Count)))))
        {
            throw state.Fail("its missing or rare categories do not fit its categories");
        }

        var numbers = new double[categories.Count];
        var labels = new Scalar[categories.Count];
        var rare = mapping is { Length: > 0 } ? mapping.Max() : -1;
        for (var i = 0; i < numbers.Length; i++)
        {
            var code = mapping is null || i == missingIndex ? i : mapping[i];
            numbers[i] = i == missingIndex ? missingValue : code;
            labels[code] = code == rare && i != missingIndex ? RareName : categories[i];
        }

        return (numbers, labels);
    }

    private Scalar CategoryOf(FeatureBatch input, int row, int column, double value)
    {
        if (missing[column] >= 0 && IsSame(value, missingValue))
        {
            return names[column][missing[column]];
        }

        if (!RefusesUnknown && IsSame(value, unknownValue))
        {
            return Scalar.Null;
        }

        // Python cuts decimals off and counts negative numbers from the end.
        var code = Math.Truncate(value);
        code = code < 0 ? code + names[column].Length : code;
        return code >= 0 && code < names[column].Length
            ? names[column][(int)code]
            : throw InputCheck.CellProblem(
                this, input, row, column, ProblemTypes.NumberRange, $"there is no category {CategoryTable.Show(null, value)}, only {names[column].Length}");
    }
}
