using System.Numerics.Tensors;

namespace Flama.Processing.Outputs;

/// <summary>The numbers of an output while they are processed: float32, row-major, the batch first.</summary>
/// <param name="values">The numbers, which steps change in place where they can.</param>
/// <param name="shape">The length of each dimension, one or more.</param>
internal sealed class ScoreArray(float[] values, long[] shape)
{
    public float[] Values { get; private set; } = values;

    public long[] Shape { get; private set; } = shape;

    /// <summary>The length of the last dimension: the classes, or the elements of a vector.</summary>
    public int Width => (int)Shape[^1];

    /// <summary>Copies a tensor of numbers.</summary>
    /// <exception cref="FlamaException">Elements are not numbers.</exception>
    public static ScoreArray Of(ModelTensor tensor)
    {
        var values = new float[tensor.Count];
        switch (tensor.Type)
        {
            case ElementType.Float32:
                tensor.Elements<float>().CopyTo(values);
                break;
            case ElementType.Float64:
                TensorPrimitives.ConvertTruncating<double, float>(tensor.Elements<double>(), values);
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(tensor.Elements<Half>(), values);
                break;
            case ElementType.BFloat16:
                var halves = tensor.Elements<ushort>();
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                }

                break;
            default:
                throw new FlamaException(
                    ErrorCodes.InvalidModel, $"The model answered {ElementTypes.NameOf(tensor.Type)}, and its processing is for floats.", "Leave the steps of 'output' out.");
        }

        return new(values, [.. tensor.Shape]);
    }

    /// <summary>The numbers along the last dimension, one after the other.</summary>
    public Span<float> Row(int index) => Values.AsSpan(index * Width, Width);

    /// <summary>How many of them there are.</summary>
    public int Rows => Width == 0 ? 0 : Values.Length / Width;

    /// <summary>Leaves dimensions of length 1 out, the first and, where nothing else is left, the last excepted.</summary>
    public void Squeeze() => Shape = [Shape[0], .. Shape.Skip(1).Where(length => length != 1)];

    /// <summary>Takes other numbers and dimensions.</summary>
    public void Replace(float[] other, long[] otherShape) => (Values, Shape) = (other, otherShape);
}
