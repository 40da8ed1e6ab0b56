using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Flama.Onnx.Signatures;

/// <summary>Tensors of one or two dimensions as the rows that table methods answer.</summary>
internal static class RowArrays
{
    private const long LargestExact = 1L << 53;

    /// <summary>The specification of such an answer.</summary>
    public static OutputSpec SpecOf(OutputSpec output) => Loosen(output) with { Name = OutputSpec.DefaultName, Type = PredictionBatch.TypeOf(KindOf(output.Type), []) };

    /// <summary>An output without the lengths that its graph tells: exporters bake in those of their example, and nothing holds a graph to them.</summary>
    public static OutputSpec Loosen(OutputSpec output) =>
        output with { Shape = output.Shape is { } shape ? [.. shape.Select(dimension => dimension.Length is null ? dimension : Dimension.Any)] : null };

    /// <summary>Makes the rows; the tensor stays the caller's.</summary>
    /// <exception cref="FlamaException">The graph answered another number of rows than it was given (<see cref="ErrorCodes.InvalidModel"/>).</exception>
    public static PredictionBatch ToBatch(ModelTensor tensor, int rows)
    {
        var shape = Shape(tensor, rows);
        var made = PredictionBatch.RentUninitialized(KindOf(tensor), rows, shape);
        if (tensor.Type == ElementType.String)
        {
            tensor.Texts.CopyTo(made.WritableTexts);
            return made;
        }

        Convert(tensor, made);
        return made;
    }

    /// <summary>The numbers of a float tensor, widened as Python's <c>tolist()</c> does.</summary>
    public static void Widen(ModelTensor tensor, Span<double> target)
    {
        if (tensor.Type == ElementType.Float64)
        {
            tensor.Elements<double>().CopyTo(target);
            return;
        }

        TensorPrimitives.ConvertChecked<float, double>(tensor.Elements<float>(), target);
    }

    private static void Convert(ModelTensor tensor, PredictionBatch made)
    {
        if (ElementTypes.IsFloat(tensor.Type))
        {
            Widen(tensor, made.WritableValues);
            return;
        }

        var values = made.WritableValues;
        for (var i = 0; i < values.Length; i++)
        {
            if (made.Kind == PredictionKind.Int64)
            {
                MemoryMarshal.Cast<double, long>(values)[i] = IntegerAt(tensor, i);
            }
            else
            {
                values[i] = IntegerAt(tensor, i);
            }
        }
    }

    private static long IntegerAt(ModelTensor tensor, int index) => tensor.Type switch
    {
        ElementType.Int64 => tensor.Elements<long>()[index],
        ElementType.Int32 => tensor.Elements<int>()[index],
        ElementType.Int16 => tensor.Elements<short>()[index],
        ElementType.Int8 => tensor.Elements<sbyte>()[index],
        ElementType.UInt32 => tensor.Elements<uint>()[index],
        ElementType.UInt16 => tensor.Elements<ushort>()[index],
        ElementType.UInt64 => checked((long)tensor.Elements<ulong>()[index]),
        _ => tensor.Bytes[index],
    };

    // Whole numbers are float64 where all of these are exact.
    private static PredictionKind KindOf(ModelTensor tensor)
    {
        var kind = KindOf(tensor.Type);
        if (kind != PredictionKind.Integer)
        {
            return kind;
        }

        for (var i = 0; tensor.Type is ElementType.Int64 or ElementType.UInt64 && i < tensor.Count; i++)
        {
            if (IntegerAt(tensor, i) is > LargestExact or < -LargestExact)
            {
                return PredictionKind.Int64;
            }
        }

        return kind;
    }

    private static PredictionKind KindOf(ElementType type) => type switch
    {
        ElementType.String => PredictionKind.Mixed,
        ElementType.Boolean => PredictionKind.Boolean,
        _ when ElementTypes.IsFloat(type) => PredictionKind.Float,
        _ => PredictionKind.Integer,
    };

    private static int[] Shape(ModelTensor tensor, int rows) => tensor.Shape switch
    {
        [var length] when length == rows => [],
        [var length, var width] when length == rows && width <= int.MaxValue => [(int)width],
        _ => throw new FlamaException(
            ErrorCodes.InvalidModel, $"The model answered [{string.Join(", ", tensor.Shape)}] for {rows} rows.", "Use the method 'infer', which answers what the graph does."),
    };
}
