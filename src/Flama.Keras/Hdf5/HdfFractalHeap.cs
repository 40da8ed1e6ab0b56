using System.Numerics;

namespace Flama.Keras.Hdf5;

/// <summary>The heap that links and attributes are in where a group or an object has many.</summary>
internal sealed class HdfFractalHeap
{
    private const int MaxBlocks = 1 << 18;

    private readonly HdfFile file;
    private readonly List<(ulong Offset, ReadOnlyMemory<byte> Bytes)> blocks = [];
    private readonly int offsetBytes;
    private readonly int lengthBytes;

    private HdfFractalHeap(HdfFile file, int offsetBytes, int lengthBytes)
    {
        this.file = file;
        this.offsetBytes = offsetBytes;
        this.lengthBytes = lengthBytes;
    }

    /// <summary>Reads the heap's blocks.</summary>
    public static HdfFractalHeap Read(HdfFile file, ulong address)
    {
        HdfCursor cursor = new(file, address);
        cursor.Expect("FRHP"u8);
        cursor.Skip(1 + 2);
        var filters = cursor.Short();
        cursor.Skip(1);
        var maxManaged = cursor.Int();
        cursor.Skip(12 * sizeof(ulong));
        var width = cursor.Short();
        var start = cursor.Long();
        var maxDirect = cursor.Long();
        var maxBits = cursor.Short();
        cursor.Skip(2);
        var root = cursor.Long();
        var rows = cursor.Short();
        if (filters != 0)
        {
            throw file.Unsupported("a compressed heap");
        }

        if (start == 0 || maxDirect < start || maxDirect > int.MaxValue || width == 0 || maxBits is 0 or > 64)
        {
            throw file.Corrupt("a heap has blocks of no size");
        }

        HdfFractalHeap heap = new(file, (maxBits + 7) / 8, (BitOperations.Log2(Math.Max(1, Math.Min(maxDirect, maxManaged))) / 8) + 1);
        if (root == HdfFile.Nowhere)
        {
            return heap;
        }

        if (rows == 0)
        {
            heap.blocks.Add((0, file.Slice(root, start)));
        }
        else
        {
            heap.ReadBlocks(root, rows, width, start, BitOperations.Log2(maxDirect) - BitOperations.Log2(start) + 2);
            heap.blocks.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        }

        return heap;
    }

    /// <summary>Finds an object by its number in the heap.</summary>
    public ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> id)
    {
        HdfCursor cursor = new(file, id.Span);
        var kind = (cursor.Byte() >> 4) & 3;
        if (kind != 0)
        {
            throw file.Unsupported("a link or attribute too large for its heap");
        }

        var offset = cursor.Number(offsetBytes);
        var length = cursor.Number(lengthBytes);
        var (low, high) = (0, blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = blocks[middle].Offset <= offset ? (middle, high) : (low, middle - 1);
        }

        if (blocks.Count == 0 || offset < blocks[low].Offset || offset - blocks[low].Offset >= (ulong)blocks[low].Bytes.Length)
        {
            throw file.Corrupt("a link or attribute is not in its heap");
        }

        var (start, bytes) = blocks[low];
        var from = (int)(offset - start);
        return length <= (ulong)(bytes.Length - from) ? bytes.Slice(from, (int)length) : throw file.Truncated();
    }

    private void ReadBlocks(ulong root, int rootRows, int width, ulong start, int directRows)
    {
        Queue<(ulong Address, int Rows, ulong Offset)> nodes = new([(root, rootRows, 0)]);
        var seen = 0;
        while (nodes.TryDequeue(out var node))
        {
            HdfCursor cursor = new(file, node.Address);
            cursor.Expect("FHIB"u8);
            cursor.Skip(1 + sizeof(ulong) + offsetBytes);
            var offset = node.Offset;
            for (var row = 0; row < node.Rows; row++)
            {
                var size = start << Math.Min(40, Math.Max(0, row - 1));
                for (var column = 0; column < width; column++, offset += size)
                {
                    var child = cursor.Long();
                    if (++seen > MaxBlocks)
                    {
                        throw file.Corrupt("a heap has no end");
                    }

                    if (child == HdfFile.Nowhere)
                    {
                        continue;
                    }

                    if (row < directRows)
                    {
                        blocks.Add((offset, file.Slice(child, size)));
                    }
                    else
                    {
                        nodes.Enqueue((child, BitOperations.Log2(size) - BitOperations.Log2(start * (ulong)width) + 1, offset));
                    }
                }
            }
        }
    }
}
