using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flama.Onnx.Graphs;
using Flama.Torch.Archives;

namespace Flama.Torch.Lowering;

/// <content>Constants: weights of the file, and what is computed while lowering.</content>
internal sealed partial class GraphWriter
{
    private const long MostMade = 32_000_000;

    private long made;

    /// <summary>How many bytes the constants take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes room for numbers that are computed while lowering.</summary>
    /// <param name="lengths">Their number is the product of these.</param>
    /// <returns>The number; null where it is negative or more than a program may make.</returns>
    public int? Room(params ReadOnlySpan<long> lengths)
    {
        long count = 1;
        foreach (var length in lengths)
        {
            if (length < 0 || (count *= Math.Min(length, MostMade + 1)) > MostMade)
            {
                return null;
            }
        }

        return (made += count) <= MostMade ? (int)count : null;
    }

    /// <summary>A constant of numbers.</summary>
    public string Constant<T>(ReadOnlySpan<T> elements, params IReadOnlyList<long> shape)
        where T : unmanaged
    {
        Bytes += elements.Length * (long)Unsafe.SizeOf<T>();
        return whole.Graph.Constant(elements, shape);
    }

    /// <summary>A constant vector of whole numbers.</summary>
    public string Vector(params ReadOnlySpan<long> numbers)
    {
        var key = $"v:{string.Join(',', numbers.ToArray())}";
        return whole.Find(key) ?? whole.Keep(key, Constant(numbers, numbers.Length));
    }

    private string Constant(StoredTensor stored)
    {
        if (!constants.TryGetValue(stored, out var name))
        {
            if (TorchTypes.IsComplex(stored.Type))
            {
                throw TorchErrors.Unsupported("it computes with complex numbers");
            }

            var elements = Widened(stored);
            Bytes += elements.Length;
            constants[stored] = name = whole.Graph.Constant(new OnnxTensor(whole.Graph.NewName("weight"), TorchTypes.Computed(stored.Type), stored.Shape, elements));
        }

        return name;
    }

    private static ReadOnlyMemory<byte> Widened(StoredTensor stored)
    {
        var bytes = stored.ReadBytes();
        if (stored.Type is not (TorchType.Half or TorchType.BFloat16))
        {
            return bytes;
        }

        var wide = new float[bytes.Length / 2];
        var halves = MemoryMarshal.Cast<byte, ushort>(bytes.Span);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = stored.Type == TorchType.Half ? (float)BitConverter.UInt16BitsToHalf(halves[i]) : BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        }

        return MemoryMarshal.AsBytes(wide.AsSpan()).ToArray();
    }
}
