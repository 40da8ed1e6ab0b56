using System.Buffers.Binary;
using System.Text;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Globals;

/// <summary>Arrow's arrays, which pandas 3 keeps texts in: those of strings are read as arrays of strings, others stay data.</summary>
/// <remarks>Seen in pickles of pandas 3.1 with pyarrow: an array is <c>(type, length, nulls, offset, buffers, children, dictionary)</c>.</remarks>
internal static class PyArrowGlobals
{
    private const string Module = "pyarrow.lib";
    private const int Parts = 7;
    private const int BytesPerText = 40;

    /// <summary>Adds them.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        table.AddConstructor(Module, "type_for_alias", static call => call.Inert());
        table.AddConstructor(Module, "py_buffer", static call => call.Inert());
        table.AddConstructor(Module, "_restore_array", RestoreArray);
        table.AddConstructor(Module, "chunked_array", ChunkedArray);
    }

    private static object RestoreArray(PickleCall call)
    {
        call.RequireCount(1, 1);
        var parts = call.Argument<PickleTuple>(0);
        if (parts.Count != Parts || parts[0] is not PickleObject { Class.Name: "type_for_alias", Arguments: [string type] }
            || type is not ("string" or "large_string" or "utf8" or "large_utf8"))
        {
            return call.Inert();
        }

        if (parts[1] is not (long and >= 0 and <= int.MaxValue and var length) || parts[3] is not (long and >= 0 and <= int.MaxValue and var first)
            || parts[4] is not List<object?> { Count: 3 } buffers)
        {
            throw call.Refused("an array of strings has no length, offset or buffers");
        }

        var texts = new Reader(call, buffers, type.StartsWith("large", StringComparison.Ordinal) ? sizeof(long) : sizeof(int));
        texts.Require(first, length);
        call.Budget.AddBytes(BytesPerText * length, call.Offset);
        var items = new object?[length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = texts.At((int)first + i);
        }

        return new NdArray([items.Length], items);
    }

    /// <summary><c>chunked_array(chunks, type)</c>: the texts of all chunks.</summary>
    private static object ChunkedArray(PickleCall call)
    {
        call.RequireCount(1, 2);
        if (call.Arguments[0] is not List<object?> chunks || !chunks.TrueForAll(chunk => chunk is NdArray { Type.Kind: DTypeKind.Object }))
        {
            return call.Inert();
        }

        var count = chunks.Sum(chunk => (long)((NdArray)chunk!).Length);
        call.Budget.AddBytes(sizeof(long) * count, call.Offset);
        object?[] items = [.. chunks.SelectMany(chunk => ((NdArray)chunk!).Items)];
        return new NdArray([items.Length], items);
    }

    // The validity bits (none when all are there), where each text ends, and the texts one after the other.
    private sealed class Reader
    {
        private readonly PickleCall call;
        private readonly ReadOnlyMemory<byte> validity;
        private readonly ReadOnlyMemory<byte> ends;
        private readonly ReadOnlyMemory<byte> utf8;
        private readonly int width;

        public Reader(PickleCall call, List<object?> buffers, int width)
        {
            this.call = call;
            this.width = width;
            validity = BufferOf(call, buffers[0]);
            ends = BufferOf(call, buffers[1]);
            utf8 = BufferOf(call, buffers[2]);
        }

        public void Require(long first, long length)
        {
            if (length > 0 && ((first + length + 1) * width > ends.Length || (!validity.IsEmpty && (first + length + 7) / 8 > validity.Length)))
            {
                throw call.Refused("the buffers of an array of strings are shorter than the array");
            }
        }

        public string? At(int index)
        {
            if (!validity.IsEmpty && (validity.Span[index / 8] >> (index % 8) & 1) == 0)
            {
                return null;
            }

            var (start, end) = (EndOf(index), EndOf(index + 1));
            if (start < 0 || end < start || end > utf8.Length)
            {
                throw call.Refused("a text of an array of strings lies outside its buffer");
            }

            call.Budget.AddObject(sizeof(char) * (end - start), call.Offset);
            return Encoding.UTF8.GetString(utf8.Span[(int)start..(int)end]);
        }

        private long EndOf(int index)
        {
            var bytes = ends.Span.Slice(index * width, width);
            return width == sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        }

        private static ReadOnlyMemory<byte> BufferOf(PickleCall call, object? value) => value switch
        {
            null => default,
            PickleObject { Class.Name: "py_buffer", Arguments: [var bytes] } => ArrayReader.ReadBytes(bytes, call.Budget, call.Offset),
            _ => throw call.Refused("a buffer of an array is not one"),
        };
    }
}
