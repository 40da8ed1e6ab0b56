using System.Text;

namespace Flama.Keras.Hdf5;

/// <summary>Reads what a group has: from a symbol table, from its header, or from a heap.</summary>
internal static class HdfLinks
{
    private const int MaxLinks = 1 << 20;
    private const int MaxName = 1024;

    /// <summary>Reads the links of a group's header.</summary>
    public static Dictionary<string, ulong> Read(HdfFile file, List<HdfMessage> messages)
    {
        Dictionary<string, ulong> links = new(StringComparer.Ordinal);
        foreach (var (type, body) in messages)
        {
            switch (type)
            {
                case HdfMessage.SymbolTable:
                    ReadTable(file, body.Span, links);
                    break;
                case HdfMessage.Link:
                    ReadLink(file, body.Span, links);
                    break;
                case HdfMessage.LinkInfo:
                    foreach (var link in ReadDense(file, body, sizeof(ulong)))
                    {
                        ReadLink(file, link.Span, links);
                    }

                    break;
            }
        }

        return links;
    }

    /// <summary>Reads what a heap holds for links or attributes: version, flags, the highest number, heap, tree by name.</summary>
    public static List<ReadOnlyMemory<byte>> ReadDense(HdfFile file, ReadOnlyMemory<byte> body, int bytesOfHighest)
    {
        HdfCursor cursor = new(file, body.Span);
        cursor.Skip(1);
        cursor.Skip((cursor.Byte() & 1) != 0 ? bytesOfHighest : 0);
        var heapAddress = cursor.Long();
        var treeAddress = cursor.Long();
        if (heapAddress == HdfFile.Nowhere || treeAddress == HdfFile.Nowhere)
        {
            return [];
        }

        var heap = HdfFractalHeap.Read(file, heapAddress);
        List<ReadOnlyMemory<byte>> found = [];
        var skipped = bytesOfHighest == sizeof(ulong) ? sizeof(uint) : 0;
        var total = 0L;
        foreach (var record in HdfTree.ReadRecords(file, treeAddress))
        {
            found.Add(heap.Find(record.Length > skipped ? record[skipped..] : throw file.Truncated()));
            total += found[^1].Length;
            if (total > file.Length)
            {
                throw file.Corrupt("a group or an object has more than the file");
            }
        }

        return found;
    }

    private static void ReadTable(HdfFile file, ReadOnlySpan<byte> body, Dictionary<string, ulong> links)
    {
        HdfCursor cursor = new(file, body);
        var tree = cursor.Long();
        HdfCursor heap = new(file, cursor.Long());
        heap.Expect("HEAP"u8);
        heap.Skip(4);
        var size = heap.Long();
        heap.Skip(8);
        var names = file.Slice(heap.Long(), size).Span;
        var entries = 0;
        var nameBytes = 0L;
        foreach (var leaf in HdfTree.ReadLeaves(file, tree, 0, sizeof(ulong)))
        {
            HdfCursor node = new(file, leaf.Address);
            node.Expect("SNOD"u8);
            node.Skip(2);
            var count = node.Short();
            for (var i = 0; i < count; i++)
            {
                var offset = node.Long();
                var address = node.Long();
                var kind = node.Int();
                node.Skip(20);
                if (offset >= (ulong)names.Length)
                {
                    throw file.Truncated();
                }

                // Entries may refer to one name, and leaves to one another: all together are no more than the file has.
                var name = names.Slice((int)offset, (int)Math.Min(MaxName + 1, (ulong)names.Length - offset));
                var end = name.IndexOf((byte)0);
                name = end < 0 ? name : name[..end];
                nameBytes += name.Length;
                if (++entries > MaxLinks || name.Length > MaxName || nameBytes > file.Length)
                {
                    throw file.Corrupt("a group has no end");
                }

                if (kind != 2)
                {
                    links[Encoding.UTF8.GetString(name)] = address;
                }
            }
        }
    }

    private static void ReadLink(HdfFile file, ReadOnlySpan<byte> body, Dictionary<string, ulong> links)
    {
        HdfCursor cursor = new(file, body);
        cursor.Skip(1);
        var flags = cursor.Byte();
        var kind = (flags & 8) != 0 ? cursor.Byte() : 0;
        cursor.Skip(((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0));
        var length = cursor.Number(1 << (flags & 3));
        var name = Encoding.UTF8.GetString(cursor.Take(length > MaxName ? throw file.Corrupt("a link has a name without end") : (int)length));
        if (kind == 0)
        {
            links[name] = cursor.Long();
        }
    }
}
