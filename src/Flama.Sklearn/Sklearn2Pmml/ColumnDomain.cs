using Flama.Json;

namespace Flama.Sklearn.Sklearn2Pmml;

/// <summary>What a column may hold, and what becomes of cells that are missing, invalid or too far out.</summary>
/// <remarks>
/// A cell is missing when it is one of <c>missing_values</c>, by default NaN or None; of the others it is valid within training's range, or among training's values. Missing
/// cells get the replacement if there is one, valid ones beyond <c>low_value</c> and <c>high_value</c> are capped or count as missing, and an invalid one is an error unless
/// it counts as missing, has a replacement or is left as it is. Domains that were fitted before sklearn2pmml 0.82 are refused: they treat invalid cells by other rules.
/// </remarks>
internal sealed class ColumnDomain
{
    private readonly Scalar[] missing;
    private readonly Scalar? replacement;
    private readonly bool refusesMissing;
    private readonly string invalidTreatment;
    private readonly Scalar? invalidReplacement;
    private readonly bool isContinuous;
    private readonly string outlierTreatment;
    private readonly double low;
    private readonly double high;
    private readonly double smallest = double.NegativeInfinity;
    private readonly double largest = double.PositiveInfinity;
    private readonly Scalar[]? values;
    private readonly HashSet<double>? numbers;
    private readonly HashSet<string>? texts;

    private ColumnDomain(EstimatorState state, bool isContinuous, (double Smallest, double Largest)? range, Scalar[]? values)
    {
        this.isContinuous = isContinuous;
        missing = state.Value("missing_values") is List<object?> several ? state.AsScalars(several, "missing_values") : [state.AsScalar(state.Value("missing_values"), "missing_values")];
        refusesMissing = state.Choice("missing_value_treatment", "as_is", "as_mean", "as_mode", "as_median", "as_value", "return_invalid") == "return_invalid";
        replacement = Optional(state, "missing_value_replacement");
        invalidTreatment = state.Choice("invalid_value_treatment", "return_invalid", "as_is", "as_missing", "as_value");
        invalidReplacement = Optional(state, "invalid_value_replacement");
        outlierTreatment = isContinuous ? state.Choice("outlier_treatment", "as_is", "as_missing_values", "as_extreme_values") : "as_is";
        if (outlierTreatment != "as_is")
        {
            (low, high) = (state.Number("low_value"), state.Number("high_value"));
        }

        if (range is { } found)
        {
            (smallest, largest) = found;
        }

        if (values is not null)
        {
            this.values = values;
            numbers = [.. values.Where(value => value.IsNumber || value.Kind == ScalarKind.Boolean).Select(value => value.Number)];
            texts = [.. values.Select(value => value.Text).OfType<string>()];
        }
    }

    /// <summary>Whether strings may be in the column.</summary>
    public bool TakesText => !isContinuous;

    private Scalar MissingValue => missing[0];

    /// <summary>Reads the domains of an estimator, one per column.</summary>
    /// <exception cref="FlamaException">It contradicts itself, or was fitted by a version with other rules.</exception>
    public static ColumnDomain[] Read(EstimatorState state)
    {
        if (!state.Has("dtype_"))
        {
            throw state.Unsupported("a domain that was fitted before sklearn2pmml 0.82", "What it does with invalid values is not known here.");
        }

        if (state.Value("dtype") is not null)
        {
            throw state.Unsupported("dtype (a domain that casts its column)");
        }

        return state.Has("outlier_treatment") ? ReadContinuous(state) : ReadDiscrete(state);
    }

    /// <summary>Whether a missing cell may come in.</summary>
    public bool TakesMissing(bool downstream) => !refusesMissing && (replacement is not null || downstream);

    /// <summary>Says what the column is used for.</summary>
    public void Describe(FeatureBuilder column, bool downstream)
    {
        var takesMissing = TakesMissing(downstream);
        if (isContinuous)
        {
            column.UseAsNumber(parsesText: false, takesMissing, takesInfinity: double.IsPositiveInfinity(largest));
            if (double.IsFinite(smallest) && double.IsFinite(largest))
            {
                column.OfferExample(Scalar.Of(smallest));
            }

            return;
        }

        column.UseAsCategory(takesMissing, only: invalidTreatment == "return_invalid" && values is { Length: > 0 } ? values : null);
        if (values is { Length: > 0 })
        {
            column.Learn(values);
            column.OfferExample(values[0]);
        }
    }

    /// <summary>What a cell becomes.</summary>
    /// <exception cref="FlamaException">It is missing or invalid, and the domain refuses that.</exception>
    public DomainCell Apply(Estimator owner, FeatureBatch input, int row, int column, DomainCell cell)
    {
        if (IsMissing(cell))
        {
            return Fill(owner, input, row, column, cell);
        }

        if (!IsValid(cell))
        {
            return invalidTreatment switch
            {
                "as_is" => cell,
                "as_missing" => Fill(owner, input, row, column, DomainCell.Of(MissingValue)),
                "as_value" => invalidReplacement is { } value ? DomainCell.Of(value) : cell,
                _ => throw InputCheck.CellProblem(
                    owner,
                    input,
                    row,
                    column,
                    isContinuous ? ProblemTypes.NumberRange : ProblemTypes.UnknownCategory,
                    isContinuous ? $"the value is not within {smallest} and {largest}, as in training ({owner.Name})" : $"the value is not one of training's ({owner.Name})"),
            };
        }

        return outlierTreatment switch
        {
            "as_missing_values" when cell.Number < low || cell.Number > high => Fill(owner, input, row, column, DomainCell.Of(MissingValue)),
            "as_extreme_values" when cell.Number < low => new(null, low),
            "as_extreme_values" when cell.Number > high => new(null, high),
            _ => cell,
        };
    }

    private static ColumnDomain[] ReadContinuous(EstimatorState state)
    {
        if (!state.Has("data_min_"))
        {
            return [.. Enumerable.Range(0, state.Value("n_features_in_") is null ? 1 : state.Integer("n_features_in_")).Select(_ => new ColumnDomain(state, isContinuous: true, null, null))];
        }

        var minima = state.Vector("data_min_");
        var maxima = state.Vector("data_max_");
        return minima.Length == maxima.Length
            ? [.. minima.Zip(maxima).Select(range => new ColumnDomain(state, isContinuous: true, range, null))]
            : throw state.Fail($"its data_min_ has {minima.Length} numbers, its data_max_ {maxima.Length}");
    }

    private static ColumnDomain[] ReadDiscrete(EstimatorState state)
    {
        if (!state.Has("data_values_"))
        {
            return [.. Enumerable.Range(0, state.Value("n_features_in_") is null ? 1 : state.Integer("n_features_in_")).Select(_ => new ColumnDomain(state, isContinuous: false, null, null))];
        }

        return state.Value("data_values_") is List<object?> columns
            ? [.. columns.Select((values, i) => new ColumnDomain(state, isContinuous: false, null, state.AsScalars(values, $"data_values_[{i}]")))]
            : [new ColumnDomain(state, isContinuous: false, null, state.AsScalars(state.Required("data_values_"), "data_values_"))];
    }

    private static Scalar? Optional(EstimatorState state, string name) => state.Value(name) is null ? null : state.AsScalar(state.Value(name), name);

    private bool IsMissing(DomainCell cell)
    {
        foreach (var value in missing)
        {
            if (value.Kind == ScalarKind.Null || (value.Text is null && double.IsNaN(value.Number))
                ? cell.IsNull
                : value.Text is not null ? cell.Text == value.Text : cell.Text is null && cell.Number == value.Number)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsValid(DomainCell cell) => isContinuous
        ? double.IsInfinity(smallest) && double.IsInfinity(largest) ? true : cell.Number >= smallest && cell.Number <= largest
        : values is null || (cell.Text is null ? numbers!.Contains(cell.Number) : texts!.Contains(cell.Text));

    private DomainCell Fill(Estimator owner, FeatureBatch input, int row, int column, DomainCell cell) => refusesMissing
        ? throw InputCheck.CellProblem(owner, input, row, column, ProblemTypes.MissingValue, $"the value is missing ({owner.Name})")
        : replacement is { } value ? DomainCell.Of(value) : cell;
}
