using Flama.Json;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Replaces each value by the number of its bin, or by one column a bin with a 1 in its own.</summary>
/// <remarks>
/// The bin is the number of inner edges at or below the value; until 1.0 an edge a hair above the value (1e-5 of it) counted too.
/// With <c>dtype=float32</c> values are rounded to float32 first. Missing and infinite values are refused. Source: sklearn.preprocessing._discretization, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class KBinsDiscretizer : Transformer
{
    private readonly double[][] edges;
    private readonly int[] counts;
    private readonly bool isOrdinal;
    private readonly bool isSparse;
    private readonly bool roundsUp;
    private readonly bool isSingle;

    public KBinsDiscretizer(EstimatorState state)
        : base(state)
    {
        var encode = state.Choice("encode", "onehot", "onehot-dense", "ordinal");
        isOrdinal = encode == "ordinal";
        isSparse = encode == "onehot";
        roundsUp = !state.Version.IsAtLeast(1, 1);
        isSingle = NumberType.IsFloat32(state);
        edges = [.. state.List("bin_edges_").Select((item, i) => state.AsVector(item, $"bin_edges_[{i}]"))];
        counts = state.Integers("n_bins_");
        FeatureCount ??= edges.Length;
        if (edges.Length != FeatureCount || counts.Length != edges.Length)
        {
            throw state.Fail($"it has bins for {edges.Length} and {counts.Length} features and takes {FeatureCount}");
        }

        for (var i = 0; i < edges.Length; i++)
        {
            if (counts[i] < 1 || edges[i].Length != counts[i] + 1)
            {
                throw state.Fail($"bin_edges_[{i}] has {edges[i].Length} edges for {counts[i]} bins");
            }
        }

        OneHotWidth = counts.Sum();
    }

    public override InputRule Input => InputRule.Floats;

    public override bool GivesSparse => isSparse && OneHotWidth >= SparseWidth;

    protected override bool HasInverse => true;

    private int OneHotWidth { get; }

    public override InputRule InputOf(Method method) => isSingle && method == Method.Transform ? InputRule.Floats32 : Input;

    public override int Width(int columns) => isOrdinal ? edges.Length : OneHotWidth;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        base.Describe(columns, downstream);
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].OfferExample(Scalar.Of(Center(i, 0)));
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var target = output.Row(row);
            target.Clear();
            var start = 0;
            for (var i = 0; i < edges.Length; i++)
            {
                var bin = BinOf(values[i], i);
                target[isOrdinal ? i : start + bin] = isOrdinal ? bin : 1;
                start += counts[i];
            }
        }
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        var rows = new SparseRows(OneHotWidth, input.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var start = 0;
            for (var i = 0; i < edges.Length; i++)
            {
                rows.Add(start + BinOf(values[i], i), 1);
                start += counts[i];
            }

            rows.EndRow();
        }

        return FeatureBatch.OfSparse(rows, input.FirstRow);
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            for (var i = 0; i < edges.Length; i++)
            {
                var bin = isOrdinal ? WholeBin(input, row, i) : LargestOf(values[..counts[i]]);
                output[row, i] = Center(i, bin);
                values = isOrdinal ? values : values[counts[i]..];
            }
        }
    }

    private static int LargestOf(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }

    private int WholeBin(FeatureBatch input, int row, int column)
    {
        // Python cuts decimals off and counts negative bins from the end.
        var bin = Math.Truncate(input.Row(row)[column]);
        bin = bin < 0 ? bin + counts[column] : bin;
        return bin >= 0 && bin < counts[column]
            ? (int)bin
            : throw InputCheck.CellProblem(this, input, row, column, ProblemTypes.NumberRange, $"there is no bin {Scalar.Of(bin)}, only {counts[column]} bins");
    }

    private double Center(int column, int bin) => (edges[column][bin + 1] + edges[column][bin]) * 0.5;

    private int BinOf(double value, int column)
    {
        value = isSingle ? (float)value : value;
        if (roundsUp)
        {
            value += 1e-8 + (1e-5 * Math.Abs(value));
        }

        var inner = edges[column].AsSpan(1, counts[column] - 1);
        var low = 0;
        var high = inner.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (inner[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
