using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Flama.Onnx.Signatures;

/// <summary>Tensors of one or two dimensions as the rows that table methods answer.</summary>
internal static class RowArrays
{
    /// <summary>The specification of such an answer.</summary>
    public static OutputSpec SpecOf(OutputSpec output) => output with { Name = OutputSpec.DefaultName, Type = PredictionBatch.TypeOf(KindOf(output.Type), []) };

    /// <summary>Makes the rows; the tensor stays the caller's.</summary>
    /// <exception cref="FlamaException">The graph answered another number of rows than it was given (<see cref="ErrorCodes.InvalidModel"/>).</exception>
    public static PredictionBatch ToBatch(ModelTensor tensor, int rows)
    {
        var shape = Shape(tensor, rows);
        var made = PredictionBatch.RentUninitialized(KindOf(tensor.Type), rows, shape);
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

        var integers = MemoryMarshal.Cast<double, long>(made.WritableValues);
        for (var i = 0; i < tensor.Count; i++)
        {
            var value = tensor.Type switch
            {
                ElementType.Int64 => tensor.Elements<long>()[i],
                ElementType.Int32 => tensor.Elements<int>()[i],
                ElementType.Int16 => tensor.Elements<short>()[i],
                ElementType.Int8 => tensor.Elements<sbyte>()[i],
                ElementType.UInt32 => tensor.Elements<uint>()[i],
                ElementType.UInt16 => tensor.Elements<ushort>()[i],
                ElementType.UInt64 => checked((long)tensor.Elements<ulong>()[i]),
                _ => tensor.Bytes[i],
            };
            if (made.Kind == PredictionKind.Boolean)
            {
                made.WritableValues[i] = value;
            }
            else
            {
                integers[i] = value;
            }
        }
    }

    private static PredictionKind KindOf(ElementType type) => type switch
    {
        ElementType.String => PredictionKind.Mixed,
        ElementType.Boolean => PredictionKind.Boolean,
        _ when ElementTypes.IsFloat(type) => PredictionKind.Float,
        _ => PredictionKind.Int64,
    };

    private static int[] Shape(ModelTensor tensor, int rows) => tensor.Shape switch
    {
        [var length] when length == rows => [],
        [var length, var width] when length == rows && width <= int.MaxValue => [(int)width],
        _ => throw new FlamaException(
            ErrorCodes.InvalidModel, $"The model answered [{string.Join(", ", tensor.Shape)}] for {rows} rows.", "Use the method 'run', which answers what the graph does."),
    };
}
