using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>The end of a Parquet file, which tells where everything is. Immutable.</summary>
/// <param name="Elements">The elements at the top of the schema, with the position of their first column among all.</param>
/// <param name="Leaves">The number of columns, those inside groups included.</param>
/// <param name="Groups">The groups of rows.</param>
/// <param name="PandasNote">What pandas noted; null for nothing.</param>
internal sealed record ParquetFooter(
    IReadOnlyList<(ParquetElement Element, int Leaf)> Elements, int Leaves, IReadOnlyList<(long Rows, ParquetChunk[] Chunks)> Groups, string? PandasNote)
{
    private const int MaxDepth = 64;

    // What an element, a group and the chunk of a column take in memory, about.
    private const int ElementBytes = 256, GroupBytes = 64, ChunkBytes = 48;

    /// <summary>Reads it.</summary>
    /// <param name="bytes">The footer without its length.</param>
    /// <param name="limit">Bounds what it may ask for.</param>
    /// <param name="errors">Tells what is wrong.</param>
    /// <exception cref="FlamaException">It contradicts the format or itself, or asks for too much.</exception>
    public static ParquetFooter Read(ReadOnlySpan<byte> bytes, CostLimit limit, TableErrors errors)
    {
        ThriftReader reader = new(bytes);
        List<ParquetElement> schema = [];
        List<(long Rows, ParquetChunk[] Chunks)> groups = [];
        string? note = null;
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (field)
            {
                case 2:
                    for (var left = Begin(ref reader, limit, ElementBytes); left > 0 && !reader.Failed; left--)
                    {
                        schema.Add(ParquetElement.Read(ref reader));
                    }

                    break;
                case 4:
                    for (var left = Begin(ref reader, limit, GroupBytes); left > 0 && !reader.Failed; left--)
                    {
                        groups.Add(ReadGroup(ref reader, limit));
                    }

                    break;
                case 5:
                    for (var left = reader.BeginStructs(); left > 0 && !reader.Failed; left--)
                    {
                        note = ReadNote(ref reader) ?? note;
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (reader.Failed || schema.Count == 0)
        {
            throw errors.Corrupt("its footer cannot be read");
        }

        return Check(schema, groups, note, errors);
    }

    private static ParquetFooter Check(
        List<ParquetElement> schema, List<(long Rows, ParquetChunk[] Chunks)> groups, string? note, TableErrors errors)
    {
        List<(ParquetElement Element, int Leaf)> top = [];
        var (at, leaves) = (1, 0);
        for (var i = 0; i < schema[0].Children; i++)
        {
            if (at >= schema.Count)
            {
                throw errors.Corrupt("its schema has fewer columns than it says");
            }

            top.Add((schema[at], leaves));
            PassElement(schema, ref at, ref leaves, 0, errors);
        }

        if (at != schema.Count)
        {
            throw errors.Corrupt("its schema has more columns than it says");
        }

        foreach (var (rows, chunks) in groups)
        {
            if (rows < 0 || chunks.Length != leaves)
            {
                throw errors.Corrupt($"a group of {rows} rows has {chunks.Length} columns, and the schema has {leaves}");
            }
        }

        return new(top, leaves, groups, note);
    }

    private static void PassElement(List<ParquetElement> schema, ref int at, ref int leaves, int depth, TableErrors errors)
    {
        var children = schema[at++].Children;
        if (children <= 0)
        {
            leaves++;
            return;
        }

        for (var i = 0; i < children; i++)
        {
            if (at >= schema.Count || depth > MaxDepth)
            {
                throw errors.Corrupt("the groups of its schema do not end");
            }

            PassElement(schema, ref at, ref leaves, depth + 1, errors);
        }
    }

    private static (long Rows, ParquetChunk[] Chunks) ReadGroup(ref ThriftReader reader, CostLimit limit)
    {
        long rows = -1;
        ParquetChunk[] chunks = [];
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (field)
            {
                case 1:
                    chunks = new ParquetChunk[Begin(ref reader, limit, ChunkBytes)];
                    for (var i = 0; i < chunks.Length && !reader.Failed; i++)
                    {
                        chunks[i] = ParquetChunk.Read(ref reader);
                    }

                    break;
                case 3:
                    rows = reader.ReadInteger();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (rows, chunks);
    }

    private static int Begin(ref ThriftReader reader, CostLimit limit, long bytesEach)
    {
        var count = reader.BeginStructs();
        limit.Take(count * bytesEach);
        return count;
    }

    private static string? ReadNote(ref ThriftReader reader)
    {
        var (isPandas, value) = (false, "");
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (field)
            {
                case 1:
                    isPandas = reader.ReadText() == "pandas";
                    break;
                case 2:
                    value = reader.ReadText();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return isPandas ? value : null;
    }
}
