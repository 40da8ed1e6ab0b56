namespace Flama.Adapters;

/// <summary>A tensor method of one matrix, called with rows of numbers.</summary>
internal sealed class RowsOfTensorMethod(ModelMethod inner, TensorSpec tensor)
    : ModelMethod(inner.Name, RowsOf(tensor), inner.Outputs, inner.OutputForm)
{
    public override ModelOutput Invoke(ModelInput input, in InvokeOptions options = default)
    {
        var rows = input as FeatureBatch ?? throw new ArgumentException($"'{Name}' takes rows (a {nameof(FeatureBatch)}).", nameof(input));
        using TensorInputs inputs = new(new KeyValuePair<string, ModelTensor>(tensor.Name, ToTensor(rows)));
        return inner.Invoke(inputs, options);
    }

    private static TableSpec RowsOf(TensorSpec tensor) => tensor.Shape![1].Length is { } columns and <= int.MaxValue
        ? new([.. Enumerable.Repeat(new Feature(FeatureKind.Number) { AllowsMissing = ElementTypes.IsFloat(tensor.Type), AllowsInfinity = true }, (int)columns)])
        : TableSpec.Unknown;

    private ModelTensor ToTensor(FeatureBatch rows)
    {
        var made = ModelTensor.Rent(tensor.Type, rows.Rows, rows.Columns);
        var numbers = rows.Numbers;
        var size = ElementTypes.SizeOf(tensor.Type);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (rows.TextAt(i / rows.Columns, i % rows.Columns) is { } text || !Json.TensorElement.TryWrite(tensor.Type, numbers[i], made.WritableBytes.Slice(i * size, size)))
            {
                made.Dispose();
                throw new FlamaException(
                    [new InputProblem(
                        Json.ProblemTypes.NotANumber,
                        $"Row {i / rows.Columns}, feature {i % rows.Columns} is not a number of the type {ElementTypes.NameOf(tensor.Type)}.",
                        i / rows.Columns,
                        i % rows.Columns)],
                    1);
            }
        }

        return made;
    }
}
