namespace Flama.Trees;

/// <summary>Adds leaf values that are float64 to an output.</summary>
/// <param name="output">As many rows as are walked.</param>
internal readonly ref struct OutputSink(OutputSlice output) : ILeafSink<double>
{
    private readonly OutputSlice output = output;

    public void AddRows(int tree, int column, int firstRow, scoped ReadOnlySpan<double> values)
    {
        var target = output.From(firstRow, column, out var step);
        var at = 0;
        foreach (var value in values)
        {
            target[at] += value;
            at += step;
        }
    }

    public void AddTrees(int firstTree, scoped ReadOnlySpan<int> columns, int period, int row, scoped ReadOnlySpan<double> values)
    {
        var target = output.Row(row);
        if (period > 0)
        {
            RoundSums.Add(target, period, firstTree, values);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            target[columns[i]] += values[i];
        }
    }
}
