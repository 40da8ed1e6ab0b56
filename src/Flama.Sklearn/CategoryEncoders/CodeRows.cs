using Flama.Pickle.Numpy;
using Flama.Pickle.Pandas;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>A row of numbers for each category's number: the table that an encoder with several columns a feature keeps.</summary>
internal sealed class CodeRows
{
    private readonly Dictionary<double, int> rows = [];
    private readonly double[][] columns;

    private CodeRows(string[] names, double[][] columns, double[] codes)
    {
        Names = names;
        this.columns = columns;
        for (var i = 0; i < codes.Length; i++)
        {
            rows.TryAdd(codes[i], i);
        }
    }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a frame whose index is the categories' numbers.</summary>
    public static CodeRows Read(EstimatorState state, object? value, string place)
    {
        if (!PandasFrame.TryRead(value, out var frame))
        {
            throw state.Fail($"'{place}' is {PythonType.NameOf(value)}, expected a pandas DataFrame");
        }

        var numbers = new double[frame.Columns.Count][];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = frame.Numbers(i) ?? (frame.Objects(i) is { } objects
                ? state.AsVector(new NdArray([frame.Rows], [.. objects]), place)
                : throw state.Fail($"'{place}' holds values that are not numbers"));
        }

        return new([.. frame.Columns.Select(FrameLabels.Text)], numbers, state.AsVector(frame.Labels, place));
    }

    /// <summary>Writes the row of a number; returns false when there is none.</summary>
    public bool TryWrite(double code, OutputSlice output)
    {
        if (!rows.TryGetValue(code, out var row))
        {
            return false;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            output[0, i] = columns[i][row];
        }

        return true;
    }
}
