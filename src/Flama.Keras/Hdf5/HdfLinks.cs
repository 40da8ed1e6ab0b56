using System.Text;

namespace Flama.Keras.Hdf5;

/// <summary>Reads what a group has: from a symbol table, from its header, or from a heap.</summary>
internal static class HdfLinks
{
    private const int MaxLinks = 1 << 20;

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

            if (links.Count > MaxLinks)
            {
                throw file.Corrupt("a group has no end");
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
        foreach (var record in HdfTree.ReadRecords(file, treeAddress))
        {
            found.Add(heap.Find(record.Length > skipped ? record[skipped..] : throw file.Truncated()));
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

                var name = names[(int)offset..];
                var end = name.IndexOf((byte)0);
                if (kind != 2)
                {
                    links[Encoding.UTF8.GetString(end < 0 ? name : name[..end])] = address;
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
        var name = Encoding.UTF8.GetString(cursor.Take(length > int.MaxValue ? throw file.Truncated() : (int)length));
        if (kind == 0)
        {
            links[name] = cursor.Long();
        }
    }
}
