namespace Flama.ConformanceTests.Mutations;

/// <summary>Changes of messages of protobuf, which are written anew with lengths that hold.</summary>
internal static class Messages
{
    private const int MaxDepth = 24, MaxFields = 20_000;

    private static readonly ulong[] Extremes = [0, 1, 2, 7, 16, 127, 255, 65536, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, unchecked((ulong)-2L), 1UL << 40];

    /// <summary>Changes a field; null for what is no message.</summary>
    public static byte[]? Change(byte[] content, Random random)
    {
        if (Read(content, 0) is not { Count: > 0 } fields)
        {
            return null;
        }

        var (list, at) = Choose(fields, random);
        var field = list[at];
        switch (random.Next(8))
        {
            case 0:
                list.RemoveAt(at);
                break;
            case 1:
                list.Insert(at, field);
                break;
            case 2:
                var second = random.Next(list.Count);
                (list[at], list[second]) = (list[second], list[at]);
                break;
            case 3:
                list[at] = field with { Number = (uint)random.Next(1, 40) };
                break;
            case 4:
                var (donors, from) = Choose(fields, random);
                list[at] = Copy(donors[from], 0);
                break;
            default:
                list[at] = Changed(field, random);
                break;
        }

        using MemoryStream made = new();
        Write(made, fields, 0);
        return made.ToArray();
    }

    private static Field Changed(Field field, Random random) => field switch
    {
        { Wire: 0 } => field with { Value = random.Next(2) == 0 ? Extremes[random.Next(Extremes.Length)] : field.Value + (ulong)random.Next(-3, 4) },
        { Bytes: { } bytes } => field with { Bytes = Flama.ConformanceTests.Mutations.Bytes.Change(bytes, bytes, random), Fields = null },
        _ => field with { Fields = null, Bytes = [] },
    };

    // Nodes deep inside are as likely as those outside.
    private static (List<Field> List, int At) Choose(List<Field> fields, Random random)
    {
        while (true)
        {
            var at = random.Next(fields.Count);
            if (fields[at].Fields is not { Count: > 0 } inner || random.Next(5) == 0)
            {
                return (fields, at);
            }

            fields = inner;
        }
    }

    private static Field Copy(Field field, int depth) =>
        field.Fields is { } fields && depth < MaxDepth ? field with { Fields = [.. fields.Select(inner => Copy(inner, depth + 1))] } : field;

    private static List<Field>? Read(ReadOnlySpan<byte> content, int depth)
    {
        List<Field> fields = [];
        while (!content.IsEmpty)
        {
            if (fields.Count == MaxFields || ReadVarint(ref content) is not { } tag || tag >> 3 is 0 or > 536870911)
            {
                return null;
            }

            Field field = new((uint)(tag >> 3), (int)(tag & 7));
            switch (field.Wire)
            {
                case 0 when ReadVarint(ref content) is { } value:
                    fields.Add(field with { Value = value });
                    break;
                case 1 when content.Length >= 8:
                    fields.Add(field with { Bytes = content[..8].ToArray() });
                    content = content[8..];
                    break;
                case 5 when content.Length >= 4:
                    fields.Add(field with { Bytes = content[..4].ToArray() });
                    content = content[4..];
                    break;
                case 2 when ReadVarint(ref content) is { } length && length <= (ulong)content.Length:
                    var inner = content[..(int)length];
                    var nested = depth < MaxDepth && inner.Length > 1 ? Read(inner, depth + 1) : null;
                    fields.Add(field with { Fields = nested, Bytes = nested is null ? inner.ToArray() : null });
                    content = content[(int)length..];
                    break;
                default:
                    return null;
            }
        }

        return fields;
    }

    private static void Write(MemoryStream stream, List<Field> fields, int depth)
    {
        foreach (var field in fields)
        {
            WriteVarint(stream, ((ulong)field.Number << 3) | (uint)field.Wire);
            if (field.Wire == 0)
            {
                WriteVarint(stream, field.Value);
                continue;
            }

            var bytes = field.Bytes ?? [];
            if (field.Fields is { } inner && depth <= 2 * MaxDepth)
            {
                using MemoryStream nested = new();
                Write(nested, inner, depth + 1);
                bytes = nested.ToArray();
            }

            if (field.Wire == 2)
            {
                WriteVarint(stream, (ulong)bytes.Length);
            }

            stream.Write(bytes);
        }
    }

    private static ulong? ReadVarint(ref ReadOnlySpan<byte> content)
    {
        var value = 0UL;
        for (var i = 0; i < 10 && i < content.Length; i++)
        {
            value |= (ulong)(content[i] & 0x7F) << (7 * i);
            if (content[i] < 0x80)
            {
                content = content[(i + 1)..];
                return value;
            }
        }

        return null;
    }

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }

    private sealed record Field(uint Number, int Wire)
    {
        public ulong Value { get; init; }

        public byte[]? Bytes { get; init; }

        public List<Field>? Fields { get; init; }
    }
}
