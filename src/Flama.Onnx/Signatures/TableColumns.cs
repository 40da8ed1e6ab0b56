using System.Globalization;
using System.Numerics.Tensors;
using Flama.Json;

namespace Flama.Onnx.Signatures;

/// <summary>The columns of a table as a graph's inputs take them: one matrix, or a tensor a column. Immutable.</summary>
internal sealed class TableColumns
{
    private readonly IReadOnlyList<TensorSpec> inputs;
    private readonly int[] widths;

    private TableColumns(IReadOnlyList<TensorSpec> inputs, int[] widths)
    {
        this.inputs = inputs;
        this.widths = widths;
        Spec = widths is [0] ? TableSpec.Unknown : new([.. inputs.SelectMany((input, i) => FeaturesOf(input, widths[i], inputs.Count))]);
    }

    /// <summary>What the methods take.</summary>
    public TableSpec Spec { get; }

    /// <summary>The columns of a graph's inputs; null where they are not a table.</summary>
    public static TableColumns? Of(IReadOnlyList<TensorSpec> inputs)
    {
        var found = new int[inputs.Count];
        for (var i = 0; i < found.Length; i++)
        {
            if (inputs[i] is not { Structure: ArrayStructure.Tensor, IsOptional: false, Shape: [{ Length: null }, var width] } input || !IsCell(input.Type))
            {
                return null;
            }

            // One matrix of any width of numbers checks it itself.
            found[i] = width.Length is > 0 and <= int.MaxValue ? (int)width.Length : 0;
            if (found[i] == 0 && (width.Length is not null || found.Length > 1 || input.Type == ElementType.String))
            {
                return null;
            }
        }

        return inputs.Count == 0 ? null : new(inputs, found);
    }

    /// <summary>Makes the tensors of rows; the caller disposes them.</summary>
    /// <exception cref="FlamaException">A cell is not of its column's type (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public ModelArray?[] ToTensors(FeatureBatch rows)
    {
        using var dense = rows.Sparse is null ? null : rows.ToDense();
        var cells = dense ?? rows;
        var tensors = new ModelArray?[inputs.Count];
        var column = 0;
        try
        {
            for (var i = 0; i < tensors.Length; i++)
            {
                var width = widths[i] == 0 ? cells.Columns : widths[i];
                var tensor = ModelTensor.Rent(inputs[i].Type, cells.Rows, width);
                tensors[i] = tensor;
                Fill(tensor, cells, column, width);
                column += width;
            }

            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors)
            {
                tensor?.Dispose();
            }

            throw;
        }
    }

    private static bool IsCell(ElementType type) => type is ElementType.Float32 or ElementType.Float64 or ElementType.String or ElementType.Boolean || ElementTypes.IsInteger(type);

    private static IEnumerable<Feature> FeaturesOf(TensorSpec input, int width, int inputs)
    {
        for (var i = 0; i < width; i++)
        {
            yield return new(input.Type == ElementType.String ? FeatureKind.Text : FeatureKind.Number)
            {
                Name = inputs == 1 && width > 1 ? null : width == 1 ? input.Name : string.Create(CultureInfo.InvariantCulture, $"{input.Name}_{i}"),
                AllowsMissing = ElementTypes.IsFloat(input.Type),
                AllowsInfinity = ElementTypes.IsFloat(input.Type),
            };
        }
    }

    private static void Fill(ModelTensor tensor, FeatureBatch rows, int column, int width)
    {
        if (tensor.Type == ElementType.Float32 && rows.IsNumeric && width == rows.Columns)
        {
            TensorPrimitives.ConvertTruncating<double, float>(rows.Numbers, tensor.WritableElements<float>());
            return;
        }

        var size = ElementTypes.SizeOf(tensor.Type);
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var i = 0; i < width; i++)
            {
                var at = (row * width) + i;
                var text = rows.TextAt(row, column + i);
                if (tensor.Type == ElementType.String)
                {
                    tensor.WritableTexts[at] = text ?? rows.Row(row)[column + i].ToString("R", CultureInfo.InvariantCulture);
                }
                else if (text is not null || !TensorElement.TryWrite(tensor.Type, rows.Row(row)[column + i], tensor.WritableBytes.Slice(at * size, size)))
                {
                    throw new FlamaException(
                        [new InputProblem(
                            ProblemTypes.NotANumber,
                            $"Row {row}, feature {column + i} is not a number of the type {ElementTypes.NameOf(tensor.Type)}.",
                            row,
                            column + i)],
                        1);
                }
            }
        }
    }
}
