using System.Buffers;
using System.Text;
using Flama.Onnx.Graphs;
using Flama.Onnx.Interop;

namespace Flama.Onnx.Running;

/// <summary>Arrays as values of ONNX Runtime, and back. Numbers are not copied on the way in.</summary>
internal static unsafe class OrtValues
{
    private const int TensorType = 1;
    private const int SequenceType = 2;
    private const int MapType = 3;

    // Some calls have a few texts, some a million.
    private const int StackTexts = 64;

    /// <summary>Makes a value over an array's own buffers.</summary>
    /// <param name="array">The array; not disposed before the value is released.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="pins">Takes what keeps the buffers where they are.</param>
    public static nint Create(ModelArray array, OrtEnvironment environment, ref PinList pins)
    {
        switch (array)
        {
            case ModelTensor { Type: ElementType.String } texts:
                return CreateTexts(texts, environment);
            case ModelTensor tensor:
                return CreateNumbers(tensor, environment, ref pins);
            case ModelSequence sequence:
                return CreateParts(sequence.Items, SequenceType, environment, ref pins);
            case ModelMap map:
                using (var keys = KeysOf(map))
                {
                    // ONNX Runtime copies both.
                    return CreateParts([keys, map.Values], MapType, environment, ref pins);
                }

            default:
                throw new InvalidOperationException("A missing array has no value.");
        }
    }

    /// <summary>Makes an array with a copy of a value's elements.</summary>
    public static ModelArray Read(nint value, OrtEnvironment environment, ElementType expected)
    {
        if (value == 0)
        {
            return new MissingArray(expected);
        }

        switch (Ort.GetValueType(value))
        {
            case TensorType:
                return ReadTensor(value);
            case SequenceType:
                return ReadSequence(value, environment, expected);
            case MapType:
                return ReadMap(value, environment);
            default:
                return Ort.HasValue(value) ? throw new OrtException(OrtError.NotImplemented, "a value that is neither a tensor, a sequence nor a map") : new MissingArray(expected);
        }
    }

    private static nint CreateNumbers(ModelTensor tensor, OrtEnvironment environment, ref PinList pins)
    {
        Span<long> shape = stackalloc long[tensor.Shape.Count];
        tensor.CopyShapeTo(shape);
        var data = pins.Pin(tensor);
        fixed (long* lengths = shape)
        {
            return Ort.CreateTensorWithData(
                environment.Memory, data, (nuint)tensor.Bytes.Length, lengths, (nuint)shape.Length, (int)OnnxElementTypes.Of(tensor.Type));
        }
    }

    private static nint CreateTexts(ModelTensor tensor, OrtEnvironment environment)
    {
        Span<long> shape = stackalloc long[tensor.Shape.Count];
        tensor.CopyShapeTo(shape);
        nint value;
        fixed (long* lengths = shape)
        {
            value = Ort.CreateTensor(environment.Allocator, lengths, (nuint)shape.Length, (int)OnnxElementType.String);
        }

        try
        {
            var texts = tensor.Texts;
            for (var i = 0; i < texts.Length; i++)
            {
                var text = texts[i] ?? "";
                var length = Encoding.UTF8.GetByteCount(text);
                var buffer = Ort.GetResizedStringTensorElementBuffer(value, (nuint)i, (nuint)length);
                Encoding.UTF8.GetBytes(text, new Span<byte>(buffer, length));
            }

            return value;
        }
        catch
        {
            Ort.ReleaseValue(value);
            throw;
        }
    }

    private static nint CreateParts(IReadOnlyList<ModelArray> arrays, int type, OrtEnvironment environment, ref PinList pins)
    {
        var parts = new nint[arrays.Count];
        var made = 0;
        try
        {
            for (; made < parts.Length; made++)
            {
                parts[made] = Create(arrays[made], environment, ref pins);
            }

            fixed (nint* first = parts)
            {
                return Ort.CreateValue(first, (nuint)parts.Length, type);
            }
        }
        finally
        {
            for (var i = 0; i < made; i++)
            {
                Ort.ReleaseValue(parts[i]);
            }
        }
    }

    private static ModelTensor KeysOf(ModelMap map) => map.Keys.Count > 0 && map.Keys[0].Kind == ScalarKind.Integer
        ? ModelTensor.Of<long>([.. map.Keys.Select(key => key.Integer)])
        : ModelTensor.OfTexts([.. map.Keys.Select(key => key.Text)]);

    private static ModelTensor ReadTensor(nint value)
    {
        var lengths = Ort.GetTensorTypeAndShape(value, out var found);
        var shape = lengths.ToArray();
        var type = OnnxElementTypes.ToElementType((OnnxElementType)found)
            ?? throw new OrtException(OrtError.NotImplemented, $"a tensor of {(OnnxElementType)found}");
        if (type == ElementType.String)
        {
            return ReadTexts(value, shape, SizeOf(shape, 1));
        }

        var bytes = SizeOf(shape, ElementTypes.SizeOf(type));
        var rented = BufferPool<byte>.Rent(bytes);
        if (bytes > 0)
        {
            new ReadOnlySpan<byte>(Ort.GetTensorMutableData(value), bytes).CopyTo(rented);
        }

        return ModelTensor.Adopt(type, shape, rented);
    }

    /// <summary>How long the buffer of an answer is.</summary>
    /// <exception cref="FlamaException">It would be longer than an array can be (<see cref="ErrorCodes.InputTooLarge"/>).</exception>
    internal static int SizeOf(ReadOnlySpan<long> shape, int elementSize)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        Int128 size = elementSize;
        foreach (var length in shape)
        {
            size *= length;
            if (size > Array.MaxLength)
            {
                throw new FlamaException(
                    ErrorCodes.InputTooLarge, $"The model's answer of [{string.Join(", ", shape.ToArray())}] has more than {Array.MaxLength} bytes, the most that can be given back.", "Send less at once.");
            }
        }

        return (int)size;
    }

    private static ModelTensor ReadTexts(nint value, long[] shape, int count)
    {
        var texts = ModelTensor.Rent(ElementType.String, shape);
        if (count == 0)
        {
            return texts;
        }

        var length = SizeOf([(long)Ort.GetStringTensorDataLength(value)], 1);
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        var rented = count > StackTexts ? ArrayPool<nuint>.Shared.Rent(count) : null;
        var offsets = rented is null ? stackalloc nuint[count] : rented.AsSpan(0, count);
        try
        {
            fixed (byte* target = bytes)
            fixed (nuint* starts = offsets)
            {
                Ort.GetStringTensorContent(value, target, (nuint)length, starts, (nuint)count);
            }

            var elements = texts.WritableTexts;
            for (var i = 0; i < count; i++)
            {
                var start = (int)offsets[i];
                elements[i] = Encoding.UTF8.GetString(bytes, start, (i + 1 < count ? (int)offsets[i + 1] : length) - start);
            }

            return texts;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            if (rented is not null)
            {
                ArrayPool<nuint>.Shared.Return(rented);
            }
        }
    }

    private static ModelSequence ReadSequence(nint value, OrtEnvironment environment, ElementType expected)
    {
        var items = new ModelArray[checked((int)Ort.GetValueCount(value))];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ReadPart(value, i, environment, expected);
        }

        return new(items.Length > 0 ? items[0].Type : expected, items);
    }

    private static ModelMap ReadMap(nint value, OrtEnvironment environment)
    {
        using var keys = (ModelTensor)ReadPart(value, 0, environment, ElementType.String);
        var values = (ModelTensor)ReadPart(value, 1, environment, ElementType.Float32);
        var read = new Scalar[keys.Count];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = keys.Type == ElementType.String ? Scalar.Of(keys.Texts[i]!) : Scalar.Of(keys.Elements<long>()[i]);
        }

        return new(read, values);
    }

    private static ModelArray ReadPart(nint value, int index, OrtEnvironment environment, ElementType expected)
    {
        var part = Ort.GetValue(value, index, environment.Allocator);
        try
        {
            return Read(part, environment, expected);
        }
        finally
        {
            Ort.ReleaseValue(part);
        }
    }
}
