using Flama.Trees;

namespace Flama.Boosters.LightGbm;

/// <summary>Leaves that are linear models: a constant plus the sum of cell times coefficient, or the leaf's plain value when one of the cells is missing.</summary>
internal sealed class LinearLeaves : ILeafModel<double>
{
    private readonly List<double> values = [];
    private readonly List<double> constants = [];
    private readonly List<int> starts = [0];
    private readonly List<int> features = [];
    private readonly List<double> coefficients = [];

    /// <summary>Adds a leaf.</summary>
    /// <returns>Its number.</returns>
    public int Add(double value, double constant, ReadOnlySpan<int> columns, ReadOnlySpan<double> factors)
    {
        values.Add(value);
        constants.Add(constant);
        features.AddRange(columns);
        coefficients.AddRange(factors);
        starts.Add(features.Count);
        return values.Count - 1;
    }

    public void Add(int leaf, FeatureBatch input, int row, Span<double> sums, int column)
    {
        var cells = input.Row(row);
        var sum = constants[leaf];
        for (var i = starts[leaf]; i < starts[leaf + 1]; i++)
        {
            var cell = cells[features[i]];
            if (double.IsNaN(cell))
            {
                sum = values[leaf];
                break;
            }

            sum += coefficients[i] * cell;
        }

        sums[column] += sum;
    }
}
