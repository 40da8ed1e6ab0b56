namespace Flama.Scoring.Parquet;

/// <summary>The cells of a column in a group of rows: where their pages lie. Immutable.</summary>
/// <param name="Type">The physical type; −1 where the file keeps it to itself.</param>
/// <param name="Codec">The number of the compression.</param>
/// <param name="Values">The number of cells.</param>
/// <param name="Start">The position of the first page.</param>
/// <param name="Length">The bytes of all pages.</param>
/// <param name="IsElsewhere">Whether the pages are in another file.</param>
internal readonly record struct ParquetChunk(int Type, int Codec, long Values, long Start, long Length, bool IsElsewhere)
{
    /// <summary>Reads a chunk, whose struct was begun.</summary>
    public static ParquetChunk Read(ref ThriftReader reader)
    {
        ParquetChunk chunk = new(-1, 0, 0, 0, 0, false);
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (field)
            {
                case 1:
                    chunk = chunk with { IsElsewhere = reader.ReadText().Length > 0 };
                    break;
                case 3 when reader.BeginStruct():
                    chunk = ReadPlace(ref reader, chunk);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return chunk;
    }

    private static ParquetChunk ReadPlace(ref ThriftReader reader, ParquetChunk chunk)
    {
        long data = 0, dictionary = 0;
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (field)
            {
                case 1:
                    chunk = chunk with { Type = reader.ReadInt32() };
                    break;
                case 4:
                    chunk = chunk with { Codec = reader.ReadInt32() };
                    break;
                case 5:
                    chunk = chunk with { Values = reader.ReadInteger() };
                    break;
                case 7:
                    chunk = chunk with { Length = reader.ReadInteger() };
                    break;
                case 9:
                    data = reader.ReadInteger();
                    break;
                case 11:
                    dictionary = reader.ReadInteger();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return chunk with { Start = dictionary > 0 ? Math.Min(dictionary, data) : data };
    }
}
