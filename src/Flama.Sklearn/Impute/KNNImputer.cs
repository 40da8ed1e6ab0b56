using System.Buffers;
using Flama.Json;
using Flama.Pickle;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Impute;

/// <summary>Replaces a missing cell by the mean of its column over the nearest training rows that have a value there.</summary>
/// <remarks>
/// The distance of two rows is Euclidean over the columns that both have, scaled up to all columns; rows with no column in common have none. A row without any
/// neighbor gets the column's mean. Columns without a value in training are dropped, or 0 with <c>keep_empty_features</c>. Up to 1.2 the columns of the
/// indicator are left out where no row of the input has a missing value; up to 1.5 unweighted means count rows without a distance when neighbors are too few.
/// Training rows at equal distance count in their order. Source: sklearn.impute._knn, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class KNNImputer : Transformer
{
    private readonly Matrix rows;
    private readonly MissingMarker marker;
    private readonly NanDistance distance;
    private readonly int neighbors;
    private readonly bool byDistance;
    private readonly bool countsUnreachable;
    private readonly bool hidesIndicator;
    private readonly bool keepsEmpty;
    private readonly int[][] donors;
    private readonly double[] means;
    private readonly int[] kept;
    private readonly int[] indicated;

    public KNNImputer(EstimatorState state)
        : base(state)
    {
        rows = FeatureCount is { } features ? state.Matrix("_fit_X", features) : state.Matrix("_fit_X");
        FeatureCount = rows.Columns;
        marker = new MissingMarker(state);
        if (state.Value("metric") is not ("nan_euclidean" or null))
        {
            throw state.Unsupported(state.Value("metric") is string name ? $"metric='{name}'" : "a metric of the user's");
        }

        distance = new NanDistance(rows, marker.Matches);
        neighbors = state.Integer("n_neighbors", 5);
        byDistance = state.Value("weights") is PickleSymbol or PickleObject
            ? throw state.Unsupported("a weight function of the user's")
            : state.Choice("weights", "uniform", "distance") == "distance";
        countsUnreachable = !byDistance && !state.Version.IsAtLeast(1, 6);
        hidesIndicator = !state.Version.IsAtLeast(1, 3);
        keepsEmpty = state.Flag("keep_empty_features", false);
        donors = [.. Enumerable.Range(0, rows.Columns).Select(DonorsOf)];
        means = [.. donors.Select((found, column) => MeanOf(found, column))];
        kept = [.. Enumerable.Range(0, rows.Columns).Where(column => keepsEmpty || donors[column].Length > 0)];
        indicated = IndicatorColumns.Read(state, rows.Columns);
        if (neighbors < 1)
        {
            throw state.Fail($"it looks for {neighbors} neighbors");
        }
    }

    public override InputRule Input => marker.IsNaN ? InputRule.FloatsOrMissing : InputRule.Floats;

    public override bool IsRowwise => indicated.Length == 0 || !hidesIndicator;

    public override IReadOnlyList<int>? OriginsOf(int columns) => IndicatorColumns.Origins(kept, indicated);

    public override int Width(int columns) => kept.Length + indicated.Length;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        hidesIndicator && input is { Sparse: null, Rows: > 0, Columns: var columns } && columns == rows.Columns && !HasMissing(input)
            ? OutputShape.Numbers(kept.Length)
            : base.Shape(method, input);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        base.Describe(columns, downstream);
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].OfferExample(Scalar.Of(means[i]));
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(rows.Rows);
        var indices = ArrayPool<int>.Shared.Rent(rows.Rows);
        try
        {
            for (var row = 0; row < input.Rows; row++)
            {
                Impute(input.Row(row), output.Row(row), scratch.Span, indices);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(indices);
        }
    }

    private int[] DonorsOf(int column) => [.. Enumerable.Range(0, rows.Rows).Where(row => !marker.Matches(rows[row, column]))];

    private double MeanOf(int[] found, int column)
    {
        var sum = 0.0;
        foreach (var row in found)
        {
            sum += rows[row, column];
        }

        return found.Length == 0 ? 0 : sum / found.Length;
    }

    private bool HasMissing(FeatureBatch input)
    {
        for (var i = 0; i < input.Numbers.Length; i++)
        {
            var value = input.Numbers[i];
            if (!input.IsNumeric && input.Texts[i] is { } text && !PythonNumber.TryParse(text, out value))
            {
                continue;
            }

            if (marker.Matches(value))
            {
                return true;
            }
        }

        return false;
    }

    private void Impute(ReadOnlySpan<double> values, Span<double> target, Span<double> distances, int[] indices)
    {
        var isMeasured = false;
        for (var i = 0; i < kept.Length; i++)
        {
            var column = kept[i];
            if (donors[column].Length == 0)
            {
                target[i] = 0;
            }
            else if (!marker.Matches(values[column]))
            {
                target[i] = values[column];
            }
            else
            {
                if (!isMeasured)
                {
                    distance.Measure(values, distances);
                    isMeasured = true;
                }

                target[i] = Average(column, distances, indices);
            }
        }

        for (var i = 0; i < indicated.Length && kept.Length + i < target.Length; i++)
        {
            target[kept.Length + i] = marker.Matches(values[indicated[i]]) ? 1 : 0;
        }
    }

    private double Average(int column, ReadOnlySpan<double> distances, int[] indices)
    {
        var candidates = donors[column];
        var count = Math.Min(neighbors, candidates.Length);
        var found = Nearest(candidates, distances, indices.AsSpan(0, count));
        if (found == 0)
        {
            return means[column];
        }

        var nearest = indices.AsSpan(0, found);
        if (byDistance)
        {
            return WeightedMean(column, distances, nearest);
        }

        var sum = 0.0;
        foreach (var row in nearest)
        {
            sum += rows[row, column];
        }

        for (var i = 0; countsUnreachable && found < count; i++)
        {
            if (double.IsNaN(distances[candidates[i]]))
            {
                sum += rows[candidates[i], column];
                found++;
            }
        }

        return sum / found;
    }

    // The nearest rows that have a distance at all, nearest first, the earlier of equal ones first; returns how many there are.
    private static int Nearest(int[] candidates, ReadOnlySpan<double> distances, Span<int> nearest)
    {
        var found = 0;
        foreach (var row in candidates)
        {
            var rank = distances[row];
            if (double.IsNaN(rank) || (found == nearest.Length && !(rank < distances[nearest[^1]])))
            {
                continue;
            }

            var at = found < nearest.Length ? found++ : found - 1;
            for (; at > 0 && rank < distances[nearest[at - 1]]; at--)
            {
                nearest[at] = nearest[at - 1];
            }

            nearest[at] = row;
        }

        return found;
    }

    // Weights are 1/d; where a distance is 0, those at 0 count 1 and the others nothing.
    private double WeightedMean(int column, ReadOnlySpan<double> distances, ReadOnlySpan<int> nearest)
    {
        var isExact = distances[nearest[0]] == 0;
        var sum = 0.0;
        var total = 0.0;
        foreach (var row in nearest)
        {
            var weight = isExact ? (distances[row] == 0 ? 1 : 0) : 1 / distances[row];
            sum += rows[row, column] * weight;
            total += weight;
        }

        return sum / total;
    }
}
