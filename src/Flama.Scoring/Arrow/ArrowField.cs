using Flama.FlatBuffers;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Arrow;

/// <summary>A field of an Arrow schema: a column, or a part of one. Immutable.</summary>
/// <param name="Name">The name.</param>
/// <param name="Layout">How its cells, or the keys of its dictionary, lie in buffers.</param>
internal sealed record ArrowField(string Name, ArrowLayout Layout)
{
    /// <summary>The bytes that a table of a vector takes while it is read.</summary>
    public const long TableCost = 64;

    private const int MaxDepth = 32;

    /// <summary>How the cells of the column lie in bytes; null where a cell is not one value.</summary>
    public CellFormat? Format { get; private init; }

    /// <summary>What messages call the type of the cells.</summary>
    public string TypeName { get; private init; } = "";

    /// <summary>The number of its dictionary; null for none.</summary>
    public long? Dictionary { get; private init; }

    /// <summary>How the cells of its dictionary lie in buffers.</summary>
    public ArrowLayout DictionaryLayout { get; private init; } = ArrowLayout.None;

    /// <summary>How the keys of a dictionary lie in bytes.</summary>
    public CellFormat? Keys { get; private init; }

    /// <summary>The fields that it is made of.</summary>
    public IReadOnlyList<ArrowField> Children { get; private init; } = [];

    /// <summary>Reads a field.</summary>
    /// <param name="table">The table in a message.</param>
    /// <param name="limit">Bounds what the file may ask for.</param>
    /// <param name="errors">Tells what is wrong.</param>
    /// <param name="depth">How deep it lies.</param>
    /// <exception cref="FlamaException">It contradicts the format.</exception>
    public static ArrowField Read(FlatTable table, CostLimit limit, TableErrors errors, int depth = 0)
    {
        limit.Take(256);
        if (depth > MaxDepth)
        {
            throw errors.Unsupported($"its columns are nested more than {MaxDepth} deep");
        }

        var kind = table.Byte(2);
        var type = ArrowType.Read(kind, table, errors);
        limit.Take(table.Count(5) * TableCost);
        var children = Array.ConvertAll(table.Tables(5), child => Read(child, limit, errors, depth + 1));

        ArrowField field = new(table.Text(0), type.Layout) { Format = type.Format, TypeName = type.Name, Children = children };
        if (!table.Has(4))
        {
            return field;
        }

        var encoding = table.Required(4);
        var keys = encoding.Has(1) ? ArrowType.Integers(encoding.Required(1)) : new CellFormat(CellKind.Integer) { Width = sizeof(int) };
        if (keys is null)
        {
            throw errors.Corrupt("the keys of a dictionary have a width that is not known");
        }

        // The children are those of the dictionary.
        return field with { Dictionary = encoding.Int64(0), Keys = keys, Layout = ArrowLayout.Fixed, DictionaryLayout = type.Layout, Children = [] };
    }
}
