using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Flama.Onnx.Graphs;
using Flama.Onnx.Protobuf;
using Snappier;

namespace Flama.Keras.TensorFlow;

/// <summary>The variables of a SavedModel: a table of names with places in the files of data.</summary>
internal sealed class Checkpoint
{
    private const ulong Magic = 0xdb4775248b80fb57;
    private const int FooterLength = 48;
    private const int MaxKey = 4096;

    private readonly Dictionary<string, (OnnxElementType? Type, long[] Shape, int Shard, long Offset, long Size)> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ReadOnlyMemory<byte>> shards = [];
    private readonly ModelSource source;
    private readonly MemoryBudget budget;
    private int shardCount = 1;

    private Checkpoint(ModelSource source, MemoryBudget budget)
    {
        this.source = source;
        this.budget = budget;
    }

    /// <summary>The names of the variables.</summary>
    public IEnumerable<string> Names => entries.Keys;

    /// <summary>Reads the table; a model without variables has none.</summary>
    public static Checkpoint Read(ModelSource source, MemoryBudget budget)
    {
        Checkpoint checkpoint = new(source, budget);
        if (source.FindSideFile("variables/variables.index") is { } index)
        {
            budget.AddFile(index.Content.Length);
            checkpoint.ReadIndex(index.Content.ReadAll());
        }

        return checkpoint;
    }

    /// <summary>Whether there is a variable of a name.</summary>
    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>Reads a variable.</summary>
    public GraphTensor ReadTensor(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            throw KerasErrors.Invalid($"the variable '{name}' is missing");
        }

        if (!shards.TryGetValue(entry.Shard, out var data))
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"variables/variables.data-{entry.Shard:D5}-of-{shardCount:D5}");
            var file = source.FindSideFile(path) ?? throw KerasErrors.Invalid($"'{path}' is missing");
            budget.AddFile(file.Content.Length);
            data = shards[entry.Shard] = file.Content.ReadAll();
        }

        if (entry.Type is not { } type || type == OnnxElementType.String)
        {
            throw KerasErrors.Invalid($"the variable '{name}' is of a type that no graph computes with");
        }

        Int128 size = GraphTensor.SizeOf(type);
        foreach (var length in entry.Shape)
        {
            size *= length >= 0 ? length : throw KerasErrors.Invalid($"the variable '{name}' has a negative length");
        }

        return entry.Offset >= 0 && entry.Size == size && entry.Offset <= data.Length - entry.Size
            ? new GraphTensor(type, entry.Shape, data.Slice((int)entry.Offset, (int)entry.Size), [])
            : throw new FlamaException(ErrorCodes.Truncated, $"The variable '{SafeText.OneLine(name, 100)}' is not in the file of data as a whole.", "Copy or download the model again.");
    }

    private void ReadIndex(ReadOnlyMemory<byte> table)
    {
        if (table.Length < FooterLength || BinaryPrimitives.ReadUInt64LittleEndian(table.Span[^8..]) != Magic)
        {
            throw Corrupt();
        }

        var footer = table[^FooterLength..];
        var at = 0;
        var total = 0L;
        Varint(footer.Span, ref at);
        Varint(footer.Span, ref at);
        foreach (var (_, handle) in Entries(Block(table, (long)Varint(footer.Span, ref at), (long)Varint(footer.Span, ref at))))
        {
            var position = 0;
            var (offset, length) = ((long)Varint(handle.Span, ref position), (long)Varint(handle.Span, ref position));

            // Blocks lie apart from one another: all together are no more than the table has.
            total += Math.Max(0, length);
            foreach (var (key, value) in Entries(total <= table.Length ? Block(table, offset, length) : throw Corrupt()))
            {
                Add(Encoding.UTF8.GetString(key), value);
            }
        }
    }

    private void Add(string key, ReadOnlyMemory<byte> value)
    {
        ProtoReader reader = new(value, key.Length == 0 ? "variables.index" : key);
        OnnxElementType? type = null;
        long[] shape = [];
        long shard = 0, offset = 0, size = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when key.Length == 0:
                    shardCount = (int)Math.Clamp(reader.ReadLong(), 1, 99_999);
                    break;
                case 1:
                    type = Messages.TypeOf(reader.ReadLong());
                    break;
                case 2 when reader.Wire == WireType.Bytes:
                    shape = Messages.ReadShape(reader.ReadBytes()) ?? [];
                    break;
                case 3 when reader.Wire == WireType.Varint:
                    shard = reader.ReadLong();
                    break;
                case 4 when reader.Wire == WireType.Varint:
                    offset = reader.ReadLong();
                    break;
                case 5 when reader.Wire == WireType.Varint:
                    size = reader.ReadLong();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (key.Length > 0)
        {
            entries[key] = (type, shape, (int)shard, offset, size);
        }
    }

    private ReadOnlyMemory<byte> Block(ReadOnlyMemory<byte> table, long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > table.Length || length > table.Length - offset - 1)
        {
            throw Corrupt();
        }

        var block = table.Slice((int)offset, (int)length);
        switch (table.Span[(int)(offset + length)])
        {
            case 0:
                return block;
            case 1:
                try
                {
                    budget.Take(Snappy.GetUncompressedLength(block.Span));
                    return Snappy.DecompressToArray(block.Span);
                }
                catch (InvalidDataException)
                {
                    throw Corrupt();
                }

            default:
                throw Corrupt();
        }
    }

    // Keys share their beginnings with those before them.
    private IEnumerable<(byte[] Key, ReadOnlyMemory<byte> Value)> Entries(ReadOnlyMemory<byte> block)
    {
        if (block.Length < 4)
        {
            throw Corrupt();
        }

        var restarts = BinaryPrimitives.ReadUInt32LittleEndian(block.Span[^4..]);
        var end = block.Length - 4 - (4L * restarts);
        byte[] last = [];
        for (var at = 0; at < end;)
        {
            var shared = Varint(block.Span, ref at);
            var rest = Varint(block.Span, ref at);
            var length = Varint(block.Span, ref at);
            if (shared > (ulong)last.Length || shared + rest > MaxKey || rest > (ulong)(block.Length - at) || length > (ulong)(block.Length - at) - rest)
            {
                throw Corrupt();
            }

            // The bytes, and their text of two bytes a letter.
            budget.Take(3 * (long)(shared + rest));
            last = [.. last.AsSpan(0, (int)shared), .. block.Span.Slice(at, (int)rest)];
            yield return (last, block.Slice(at + (int)rest, (int)length));
            at += (int)rest + (int)length;
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Corrupt();
    }

    private static FlamaException Corrupt() => new(ErrorCodes.Corrupt, "The table of variables (variables.index) is damaged.", "Copy or download the model again.");
}
