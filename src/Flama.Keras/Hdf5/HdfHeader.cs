namespace Flama.Keras.Hdf5;

/// <summary>Reads the messages of an object's header, which may be in several blocks.</summary>
internal static class HdfHeader
{
    private const int MaxMessages = 1 << 16;
    private const int SharedFlag = 2;

    /// <summary>Reads all messages.</summary>
    public static List<HdfMessage> Read(HdfFile file, ulong address)
    {
        List<HdfMessage> messages = [];
        var start = file.From(address);
        if (start.Span.StartsWith("OHDR"u8))
        {
            ReadSecond(file, start, messages);
        }
        else
        {
            ReadFirst(file, start, messages);
        }

        return messages;
    }

    private static void ReadFirst(HdfFile file, ReadOnlyMemory<byte> start, List<HdfMessage> messages)
    {
        HdfCursor cursor = new(file, start.Span);
        if (cursor.Byte() != 1)
        {
            throw file.Corrupt("an object's header is of no known version");
        }

        cursor.Skip(1 + 2 + 4);
        var size = cursor.Int();
        if (size > (uint)start.Length)
        {
            throw file.Truncated();
        }

        List<ReadOnlyMemory<byte>> blocks = [start.Slice(Math.Min(16, start.Length), (int)Math.Min(size, (uint)Math.Max(0, start.Length - 16)))];
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            HdfCursor part = new(file, block.Span);
            while (part.Left >= 8)
            {
                var type = part.Short();
                var length = part.Short();
                var flags = part.Byte();
                part.Skip(3);
                if (length > part.Left)
                {
                    throw file.Truncated();
                }

                Add(file, type, flags, block.Slice(part.Position, length), messages, blocks, 0);
                part.Skip(length);
                part.Align();
            }
        }
    }

    private static void ReadSecond(HdfFile file, ReadOnlyMemory<byte> start, List<HdfMessage> messages)
    {
        HdfCursor cursor = new(file, start.Span);
        cursor.Skip(4);
        if (cursor.Byte() != 2)
        {
            throw file.Corrupt("an object's header is of no known version");
        }

        var flags = cursor.Byte();
        cursor.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var size = cursor.Number(1 << (flags & 3));
        if (size > (ulong)cursor.Left)
        {
            throw file.Truncated();
        }

        var isOrdered = (flags & 4) != 0;
        List<ReadOnlyMemory<byte>> blocks = [start.Slice(cursor.Position, (int)size)];
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            HdfCursor part = new(file, block.Span);
            while (part.Left >= (isOrdered ? 6 : 4))
            {
                var type = part.Byte();
                var length = part.Short();
                var messageFlags = part.Byte();
                part.Skip(isOrdered ? 2 : 0);
                if (length > part.Left)
                {
                    throw file.Truncated();
                }

                Add(file, type, messageFlags, block.Slice(part.Position, length), messages, blocks, 4);
                part.Skip(length);
            }
        }
    }

    // Continuations of the second version stand between four letters and a checksum of four bytes.
    private static void Add(HdfFile file, int type, byte flags, ReadOnlyMemory<byte> body, List<HdfMessage> messages, List<ReadOnlyMemory<byte>> blocks, int frame)
    {
        if (type == HdfMessage.Continuation)
        {
            HdfCursor cursor = new(file, body.Span);
            var block = file.Slice(cursor.Long(), cursor.Long());
            blocks.Add(block.Length < 2 * frame ? throw file.Truncated() : block[frame..^frame]);
            CheckCount(file, blocks.Count);
            return;
        }

        if ((flags & SharedFlag) != 0 && type is HdfMessage.Datatype or HdfMessage.Dataspace or HdfMessage.Filters or HdfMessage.Attribute)
        {
            throw file.Unsupported("a type that several arrays share");
        }

        messages.Add(new(type, body));
        CheckCount(file, messages.Count);
    }

    private static void CheckCount(HdfFile file, int count)
    {
        if (count > MaxMessages)
        {
            throw file.Corrupt("an object's header has no end");
        }
    }
}
