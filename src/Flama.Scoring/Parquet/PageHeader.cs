namespace Flama.Scoring.Parquet;

/// <summary>The header of a page. Immutable.</summary>
internal sealed record PageHeader
{
    /// <summary>The types of pages.</summary>
    public const int Data = 0, Dictionary = 2, DataV2 = 3;

    /// <summary>The type.</summary>
    public int Type { get; private init; } = -1;

    /// <summary>The bytes of the page before compression.</summary>
    public int Length { get; private init; } = -1;

    /// <summary>The bytes of the page in the file.</summary>
    public int CompressedLength { get; private init; } = -1;

    /// <summary>The number of cells, missing ones included; or of entries.</summary>
    public int Values { get; private init; } = -1;

    /// <summary>How the cells are written down.</summary>
    public int Encoding { get; private init; } = -1;

    /// <summary>How it is written down which cells are missing, in a page of version 1.</summary>
    public int LevelEncoding { get; private init; } = ParquetValues.Runs;

    /// <summary>The bytes that tell which cells are missing, in a page of version 2.</summary>
    public int LevelLength { get; private init; }

    /// <summary>The bytes that tell where rows begin, in a page of version 2.</summary>
    public int RepetitionLength { get; private init; }

    /// <summary>Whether the cells are compressed, in a page of version 2.</summary>
    public bool IsCompressed { get; private init; } = true;

    /// <summary>Reads a header; false where the bytes are not one or end too early.</summary>
    /// <param name="bytes">Begins with the header.</param>
    /// <param name="header">The header.</param>
    /// <param name="length">Its bytes.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PageHeader header, out int length)
    {
        header = new();
        ThriftReader reader = new(bytes);
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (field)
            {
                case 1:
                    header = header with { Type = reader.ReadInt32() };
                    break;
                case 2:
                    header = header with { Length = reader.ReadInt32() };
                    break;
                case 3:
                    header = header with { CompressedLength = reader.ReadInt32() };
                    break;
                case 5 or 7 or 8 when reader.BeginStruct():
                    header = ReadDetails(ref reader, header, isV2: field == 8);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        length = reader.Position;
        return !reader.Failed;
    }

    private static PageHeader ReadDetails(ref ThriftReader reader, PageHeader header, bool isV2)
    {
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (field)
            {
                case 1:
                    header = header with { Values = reader.ReadInt32() };
                    break;
                case 2 when !isV2:
                case 4 when isV2:
                    header = header with { Encoding = reader.ReadInt32() };
                    break;
                case 3 when !isV2 && header.Type == Data:
                    header = header with { LevelEncoding = reader.ReadInt32() };
                    break;
                case 5 when isV2:
                    header = header with { LevelLength = reader.ReadInt32() };
                    break;
                case 6 when isV2:
                    header = header with { RepetitionLength = reader.ReadInt32() };
                    break;
                case 7 when isV2:
                    header = header with { IsCompressed = reader.ReadBoolean() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return header;
    }
}
