using System.Globalization;

namespace Flama.Adapters;

/// <summary>A table method, called with tensors.</summary>
internal sealed class TensorsOfTableMethod(ModelMethod inner, TableSpec rows)
    : ModelMethod(inner.Name, TensorsOf(rows), inner.Outputs, inner.OutputForm)
{
    private const string MatrixName = "input";

    private readonly bool isMatrix = IsMatrix(rows);

    public override ModelOutput Invoke(ModelInput input, in InvokeOptions options = default)
    {
        var tensors = input as TensorInputs ?? throw new ArgumentException($"'{Name}' takes {nameof(TensorInputs)}.", nameof(input));
        if (isMatrix)
        {
            var matrix = tensors[MatrixName];
            using var wrapped = FeatureBatch.Wrap(matrix.Elements<double>().ToArray(), Math.Max(1, rows.Features.Count));
            return inner.Invoke(wrapped, options);
        }

        using var batch = FromColumns(tensors);
        return inner.Invoke(batch, options);
    }

    private static bool IsMatrix(TableSpec rows) => rows.RowForm == RowForm.Cells && rows.Features.All(feature => feature.Kind == FeatureKind.Number);

    private static TensorsSpec TensorsOf(TableSpec rows) => IsMatrix(rows)
        ? new([new(MatrixName, ElementType.Float64, [Dimension.Rows, rows.Features.Count])])
        : new([.. rows.Features.Select((feature, i) => new TensorSpec(
            NameOf(feature, i), feature.Kind == FeatureKind.Number ? ElementType.Float64 : ElementType.String, [Dimension.Rows]))]);

    private static string NameOf(Feature feature, int index) => feature.Name ?? string.Create(CultureInfo.InvariantCulture, $"{MatrixName}_{index}");

    private FeatureBatch FromColumns(TensorInputs tensors)
    {
        var batch = FeatureBatch.Rent(tensors.Rows, rows.Features.Count, withTexts: true);
        for (var column = 0; column < rows.Features.Count; column++)
        {
            var tensor = tensors[NameOf(rows.Features[column], column)];
            for (var row = 0; row < batch.Rows; row++)
            {
                if (tensor.Type == ElementType.Float64)
                {
                    batch.SetNumber(row, column, tensor.Elements<double>()[row]);
                }
                else if (tensor.Texts[row] is { } text)
                {
                    batch.SetText(row, column, text);
                }
                else
                {
                    batch.SetNumber(row, column, FeatureBatch.Null);
                }
            }
        }

        return batch;
    }
}
