using System.Numerics;

namespace Flama.Keras.Hdf5;

/// <summary>Walks the trees that the format finds things by. Each node is visited once.</summary>
internal static class HdfTree
{
    private const int MaxNodes = 1 << 20;
    private const int FrameOfNode = 10;

    /// <summary>Reads the leaves of a tree of the first version: of a group, or of the chunks of an array.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">The root.</param>
    /// <param name="kind">0 for a group, 1 for chunks.</param>
    /// <param name="keyLength">How many bytes a key has.</param>
    public static List<(ReadOnlyMemory<byte> Key, ulong Address)> ReadLeaves(HdfFile file, ulong address, byte kind, int keyLength)
    {
        List<(ReadOnlyMemory<byte>, ulong)> leaves = [];
        if (address == HdfFile.Nowhere)
        {
            return leaves;
        }

        HashSet<ulong> seen = [];
        Queue<ulong> nodes = new([address]);
        while (nodes.TryDequeue(out var node))
        {
            if (!seen.Add(node))
            {
                throw file.Corrupt("a tree goes in circles");
            }

            var bytes = file.From(node);
            HdfCursor cursor = new(file, bytes.Span);
            cursor.Expect("TREE"u8);
            if (cursor.Byte() != kind)
            {
                throw file.Corrupt("a tree is of the wrong kind");
            }

            var level = cursor.Byte();
            var count = cursor.Short();
            cursor.Skip(2 * sizeof(ulong));
            for (var i = 0; i < count; i++)
            {
                var key = bytes.Slice(cursor.Position, Math.Min(keyLength, cursor.Left));
                cursor.Skip(keyLength);
                var child = cursor.Long();
                if (level > 0)
                {
                    nodes.Enqueue(child);
                    CheckCount(file, seen.Count + nodes.Count);
                }
                else
                {
                    leaves.Add((key, child));
                    CheckCount(file, leaves.Count);
                }
            }
        }

        return leaves;
    }

    /// <summary>Reads the records of a tree of the second version.</summary>
    public static List<ReadOnlyMemory<byte>> ReadRecords(HdfFile file, ulong address)
    {
        HdfCursor head = new(file, address);
        head.Expect("BTHD"u8);
        head.Skip(2);
        var nodeSize = head.Int();
        var recordSize = head.Short();
        var depth = head.Short();
        head.Skip(2);
        var root = head.Long();
        var rootCount = head.Short();
        if (recordSize == 0 || nodeSize < FrameOfNode + recordSize || nodeSize > int.MaxValue || depth > 16)
        {
            throw file.Corrupt("a tree has nodes of no size");
        }

        var most = MostRecords((int)nodeSize, recordSize, depth);
        List<ReadOnlyMemory<byte>> records = [];
        HashSet<ulong> seen = [];
        Queue<(ulong Address, int Count, int Level)> nodes = new();
        if (root != HdfFile.Nowhere)
        {
            nodes.Enqueue((root, rootCount, depth));
        }

        while (nodes.TryDequeue(out var node))
        {
            if (!seen.Add(node.Address))
            {
                throw file.Corrupt("a tree goes in circles");
            }

            var bytes = file.Slice(node.Address, nodeSize);
            HdfCursor cursor = new(file, bytes.Span);
            cursor.Expect(node.Level == 0 ? "BTLF"u8 : "BTIN"u8);
            cursor.Skip(2);
            for (var i = 0; i < node.Count; i++)
            {
                records.Add(bytes.Slice(cursor.Position, Math.Min(recordSize, cursor.Left)));
                CheckCount(file, records.Count);
                cursor.Skip(recordSize);
            }

            for (var i = 0; node.Level > 0 && i <= node.Count; i++)
            {
                var child = cursor.Long();
                var count = (int)Math.Min(int.MaxValue, cursor.Number(BytesFor(most[node.Level - 1].Node)));
                if (node.Level > 1)
                {
                    cursor.Skip(BytesFor(most[node.Level - 1].Below));
                }

                nodes.Enqueue((child, count, node.Level - 1));
                CheckCount(file, seen.Count + nodes.Count);
            }
        }

        return records;
    }

    // Before more is kept, not after it.
    private static void CheckCount(HdfFile file, int count)
    {
        if (count > MaxNodes)
        {
            throw file.Corrupt("a tree has no end");
        }
    }

    // How many records a node of each level can have, and all of those below it.
    private static (ulong Node, ulong Below)[] MostRecords(int nodeSize, int recordSize, int depth)
    {
        var most = new (ulong Node, ulong Below)[depth + 1];
        most[0] = ((ulong)((nodeSize - FrameOfNode) / recordSize), (ulong)((nodeSize - FrameOfNode) / recordSize));
        for (var level = 1; level <= depth; level++)
        {
            var pointer = sizeof(ulong) + BytesFor(most[level - 1].Node) + (level > 1 ? BytesFor(most[level - 1].Below) : 0);
            var records = (ulong)Math.Max(0, (nodeSize - FrameOfNode - pointer) / (recordSize + pointer));
            most[level] = (records, unchecked(((records + 1) * most[level - 1].Below) + records));
        }

        return most;
    }

    private static int BytesFor(ulong most) => (BitOperations.Log2(Math.Max(1, most)) / 8) + 1;
}
