namespace Flama.Scoring.Output;

/// <summary>A tensor whose first dimension is rows, as a batch.</summary>
internal static class TensorRows
{
    /// <summary>Copies the tensor; the caller disposes the batch.</summary>
    /// <exception cref="FlamaException">The tensor has no dimension, or its numbers have no place in a batch.</exception>
    public static PredictionBatch Of(ModelTensor tensor)
    {
        if (tensor.Shape.Count == 0)
        {
            throw new FlamaException(ErrorCodes.InvalidModel, "The model answers with one value for all rows, expected one result per row.");
        }

        var rows = checked((int)tensor.Shape[0]);
        int[] shape = [.. tensor.Shape.Skip(1).Select(length => checked((int)length))];
        return tensor.Type switch
        {
            ElementType.Float64 => Numbers(tensor.Elements<double>(), PredictionKind.Float, rows, shape, value => value),
            ElementType.Float32 => Numbers(tensor.Elements<float>(), PredictionKind.Float, rows, shape, value => value),
            ElementType.Float16 => Numbers(tensor.Elements<Half>(), PredictionKind.Float, rows, shape, value => (double)value),
            ElementType.BFloat16 => Numbers(tensor.Elements<ushort>(), PredictionKind.Float, rows, shape, value => BitConverter.UInt32BitsToSingle((uint)value << 16)),
            ElementType.Int8 => Numbers(tensor.Elements<sbyte>(), PredictionKind.Integer, rows, shape, value => value),
            ElementType.Int16 => Numbers(tensor.Elements<short>(), PredictionKind.Integer, rows, shape, value => value),
            ElementType.Int32 => Numbers(tensor.Elements<int>(), PredictionKind.Integer, rows, shape, value => value),
            ElementType.Int64 => Numbers(tensor.Elements<long>(), PredictionKind.Int64, rows, shape, BitConverter.Int64BitsToDouble),
            ElementType.UInt8 => Numbers(tensor.Elements<byte>(), PredictionKind.Integer, rows, shape, value => value),
            ElementType.UInt16 => Numbers(tensor.Elements<ushort>(), PredictionKind.Integer, rows, shape, value => value),
            ElementType.UInt32 => Numbers(tensor.Elements<uint>(), PredictionKind.Integer, rows, shape, value => value),
            ElementType.UInt64 => Numbers(
                tensor.Elements<ulong>(), PredictionKind.Int64, rows, shape, value => BitConverter.Int64BitsToDouble(checked((long)value))),
            ElementType.Boolean => Numbers(tensor.Elements<bool>(), PredictionKind.Boolean, rows, shape, value => value ? 1 : 0),
            _ => Texts(tensor, rows, shape),
        };
    }

    private static PredictionBatch Numbers<T>(ReadOnlySpan<T> elements, PredictionKind kind, int rows, int[] shape, Func<T, double> convert)
    {
        var batch = PredictionBatch.Rent(kind, rows, shape);
        var values = batch.WritableValues;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = convert(elements[i]);
        }

        return batch;
    }

    private static PredictionBatch Texts(ModelTensor tensor, int rows, int[] shape)
    {
        var batch = PredictionBatch.Rent(PredictionKind.Mixed, rows, shape);
        tensor.Texts.CopyTo(batch.WritableTexts!);
        return batch;
    }
}
