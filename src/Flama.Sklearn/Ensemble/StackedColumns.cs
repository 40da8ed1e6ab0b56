using Flama.Json;

namespace Flama.Sklearn.Ensemble;

/// <summary>The answers of the estimators of a stack side by side: what its final estimator looks at.</summary>
/// <remarks>
/// Of two probabilities that add up to 1 only the second is taken, of several outputs' probabilities all but the first of each. With
/// <c>passthrough</c> the stack's own columns follow.
/// </remarks>
internal sealed class StackedColumns
{
    private readonly Estimator owner;
    private readonly MemberMethod[] methods;
    private readonly int[][] kept;
    private readonly int passed;

    /// <summary>Reads <c>stack_method_</c> and <c>passthrough</c>.</summary>
    /// <param name="state">The stack's attributes.</param>
    /// <param name="owner">The stack.</param>
    /// <param name="members">Its fitted estimators.</param>
    /// <param name="classes">How many labels, or outputs when there are several, it has; 0 for a regressor.</param>
    public StackedColumns(EstimatorState state, Estimator owner, EstimatorGroup members, int classes)
    {
        this.owner = owner;
        string?[] names = [.. state.List("stack_method_").Select(item => item as string)];
        if (names.Length != members.Members.Count)
        {
            throw state.Fail($"it has {names.Length} stack methods for {members.Members.Count} estimators");
        }

        methods = [.. members.Members.Select((member, i) => new MemberMethod(
            state, member, MethodNames.Find(names[i] ?? string.Empty) ?? throw state.Fail($"'{names[i]}' is not a stack method")))];
        kept = [.. methods.Select((method, i) => Kept(method.Shape, names[i] == "predict_proba" && classes == 2))];
        passed = state.Flag("passthrough", false)
            ? owner.FeatureCount ?? throw state.Fail("it passes its columns through and does not say how many there are")
            : 0;
        Width = kept.Sum(columns => columns.Length) + passed;
    }

    /// <summary>How many columns come out.</summary>
    public int Width { get; }

    /// <summary>Whether sparse rows can come in as they are.</summary>
    public bool TakesSparse => passed == 0;

    /// <summary>Computes the columns.</summary>
    public void Write(FeatureBatch input, OutputSlice output)
    {
        var start = 0;
        for (var i = 0; i < methods.Length; i++)
        {
            WriteMember(i, input, output.Slice(start, kept[i].Length));
            start += kept[i].Length;
        }

        for (var row = 0; passed > 0 && row < input.Rows; row++)
        {
            Pass(input, row, output.Row(row)[start..]);
        }
    }

    /// <summary>Computes the columns; the caller disposes them.</summary>
    public FeatureBatch Compute(FeatureBatch input)
    {
        var columns = FeatureBatch.RentUninitialized(input.Rows, Width, firstRow: input.FirstRow);
        try
        {
            Write(input, new OutputSlice(columns));
            return columns;
        }
        catch
        {
            columns.Dispose();
            throw;
        }
    }

    private static int[] Kept(OutputShape shape, bool isBinary)
    {
        if (shape.Parts.Count == 0)
        {
            return [.. Enumerable.Range(0, shape.Width).Skip(isBinary && !shape.IsFlat ? 1 : 0)];
        }

        var columns = new List<int>();
        var start = 0;
        foreach (var part in shape.Parts)
        {
            columns.AddRange(Enumerable.Range(start, part.Width).Skip(1));
            start += part.Width;
        }

        return [.. columns];
    }

    private void WriteMember(int member, FeatureBatch input, OutputSlice output)
    {
        var method = methods[member];
        var columns = kept[member];
        if (columns.Length == method.Width)
        {
            method.Run(input, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * method.Width);
        var all = new OutputSlice(scratch.Span, method.Width);
        method.Run(input, all);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = all.Row(row);
            var target = output.Row(row);
            for (var i = 0; i < columns.Length; i++)
            {
                target[i] = values[columns[i]];
            }
        }
    }

    private void Pass(FeatureBatch input, int row, Span<double> output)
    {
        if (input.Columns != output.Length)
        {
            throw InputCheck.Problem(new InputProblem("feature_count", $"{owner.Name} takes {output.Length} features and the rows have {input.Columns}."));
        }

        input.Row(row).CopyTo(output);
        for (var column = 0; !input.IsNumeric && column < output.Length; column++)
        {
            if (input.TextAt(row, column) is { } text && !PythonNumber.TryParse(text, out output[column]))
            {
                throw InputCheck.CellProblem(
                    owner, input, row, column, "not_a_number", $"{owner.Name} needs a number and found the string \"{InputCheck.Shorten(text)}\"");
            }
        }
    }
}
