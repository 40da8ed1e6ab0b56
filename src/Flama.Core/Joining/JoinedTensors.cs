using System.Buffers.Binary;
using System.Text;

namespace Flama.Joining;

/// <summary>Tensors of several callers, one behind the other along their first dimension.</summary>
internal static class JoinedTensors
{
    /// <summary>Names, types and the dimensions behind the first of all tensors; null where one has no examples of its own, or is no tensor.</summary>
    public static byte[]? FormOf(TensorInputs inputs)
    {
        using MemoryStream form = new();
        Span<byte> number = stackalloc byte[sizeof(long)];
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs.Arrays[i] is not ModelTensor { Shape: [var rows, ..] } tensor || rows != inputs.Rows)
            {
                return null;
            }

            form.Write(Encoding.UTF8.GetBytes(inputs.Names[i]));
            form.WriteByte(0);
            form.WriteByte((byte)tensor.Type);
            foreach (var length in tensor.Shape.Skip(1).Prepend(tensor.Shape.Count))
            {
                BinaryPrimitives.WriteInt64LittleEndian(number, length);
                form.Write(number);
            }
        }

        return inputs.Count == 0 ? null : form.ToArray();
    }

    /// <summary>Copies inputs of one form into a new one.</summary>
    public static TensorInputs Join(IReadOnlyList<TensorInputs> inputs)
    {
        var first = inputs[0];
        List<KeyValuePair<string, ModelTensor>> joined = [];
        for (var i = 0; i < first.Count; i++)
        {
            joined.Add(new(first.Names[i], Join([.. inputs.Select(input => input[i])])));
        }

        return new(joined);
    }

    /// <summary>Copies some examples into a new input.</summary>
    public static TensorInputs Take(TensorInputs joined, int first, int rows) =>
        new([.. joined.Names.Select((name, i) => KeyValuePair.Create(name, Take(joined[i], first, rows)))]);

    /// <summary>Copies some examples into a new tensor.</summary>
    public static ModelTensor Take(ModelTensor tensor, int first, int rows)
    {
        var taken = ModelTensor.Rent(tensor.Type, [rows, .. tensor.Shape.Skip(1)]);
        if (tensor.Type == ElementType.String)
        {
            var width = taken.Count / Math.Max(1, rows);
            tensor.Texts.Slice(first * width, taken.Count).CopyTo(taken.WritableTexts);
        }
        else
        {
            var width = taken.Bytes.Length / Math.Max(1, rows);
            tensor.Bytes.Slice(first * width, taken.Bytes.Length).CopyTo(taken.WritableBytes);
        }

        return taken;
    }

    private static ModelTensor Join(ModelTensor[] tensors)
    {
        var joined = ModelTensor.Rent(tensors[0].Type, [tensors.Sum(tensor => tensor.Shape[0]), .. tensors[0].Shape.Skip(1)]);
        var at = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Type == ElementType.String)
            {
                tensor.Texts.CopyTo(joined.WritableTexts[at..]);
                at += tensor.Count;
            }
            else
            {
                tensor.Bytes.CopyTo(joined.WritableBytes[at..]);
                at += tensor.Bytes.Length;
            }
        }

        return joined;
    }
}
