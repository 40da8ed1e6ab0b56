using Flama.FlatBuffers;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Arrow;

/// <summary>What a type of Arrow is here. Immutable.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Layout">How cells lie in buffers.</param>
/// <param name="Format">How a cell lies in bytes; null where it is not one value.</param>
internal sealed record ArrowType(string Name, ArrowLayout Layout, CellFormat? Format)
{
    private const long Day = 1, MillisecondsPerDay = 86_400_000;

    /// <summary>Reads the type of a field.</summary>
    /// <param name="kind">Its number.</param>
    /// <param name="field">The field.</param>
    /// <param name="errors">Tells what is wrong.</param>
    /// <exception cref="FlamaException">It is not known.</exception>
    public static ArrowType Read(int kind, FlatTable field, TableErrors errors) => kind switch
    {
        1 => new("nothing", ArrowLayout.None, new(CellKind.Nothing)),
        2 => new("integers", ArrowLayout.Fixed, Integers(field.Required(3)) ?? throw errors.Corrupt("integers have a width that is not known")),
        3 => new("floats", ArrowLayout.Fixed, new(CellKind.Float) { Width = 2 << Math.Clamp((int)field.Required(3).Int16(0), 0, 2) }),
        4 => new("bytes", ArrowLayout.Sized, null),
        5 => new("text", ArrowLayout.Sized, new(CellKind.Text)),
        6 => new("booleans", ArrowLayout.Fixed, new(CellKind.Boolean)),
        7 => new("decimals", ArrowLayout.Fixed, Decimals(field.Required(3), errors)),
        8 => new("dates", ArrowLayout.Fixed, field.Required(3).Int16(0, 1) == 0
            ? new(CellKind.Date) { Width = 4, Units = Day }
            : new(CellKind.Date) { Width = 8, Units = MillisecondsPerDay }),
        9 => new("times", ArrowLayout.Fixed, Times(field.Required(3))),
        10 => new("timestamps", ArrowLayout.Fixed, Timestamps(field.Required(3))),
        11 => new("intervals", ArrowLayout.Fixed, null),
        12 or 17 or 21 => new("lists or maps", ArrowLayout.Lists, null),
        13 or 16 => new("structs or lists", ArrowLayout.Validity, null),
        14 => new("unions", field.Required(3).Int16(0) == 0 ? ArrowLayout.SparseUnion : ArrowLayout.DenseUnion, null),
        15 => new("bytes", ArrowLayout.Fixed, null),
        18 => new("durations", ArrowLayout.Fixed, null),
        19 => new("bytes", ArrowLayout.LargeSized, null),
        20 => new("text", ArrowLayout.LargeSized, new(CellKind.Text)),
        22 => new("runs", ArrowLayout.None, null),
        23 => new("bytes", ArrowLayout.Views, null),
        24 => new("text", ArrowLayout.Views, new(CellKind.Text)),
        25 or 26 => new("lists", ArrowLayout.ListViews, null),
        _ => throw errors.Unsupported($"it has a type of column that is not known ({kind})"),
    };

    /// <summary>Integers of a table; null where their width is not known.</summary>
    public static CellFormat? Integers(FlatTable type)
    {
        var bits = type.Int32(0);
        return bits is 8 or 16 or 32 or 64 ? new(type.Byte(1) != 0 ? CellKind.Integer : CellKind.Unsigned) { Width = bits / 8 } : null;
    }

    private static CellFormat Decimals(FlatTable type, TableErrors errors)
    {
        var (scale, bits) = (type.Int32(1), type.Int32(2, 128));
        return bits is 32 or 64 or 128 or 256 && scale is >= -DecimalNumber.MaxScale and <= DecimalNumber.MaxScale
            ? new(CellKind.Decimal) { Width = bits / 8, Scale = scale }
            : throw errors.Corrupt("decimals have a width or a scale that is not known");
    }

    private static CellFormat Times(FlatTable type)
    {
        var unit = type.Int16(0, 1);
        return new(CellKind.Time) { Width = unit is 0 or 1 ? 4 : 8, Units = UnitsOf(unit) };
    }

    private static CellFormat Timestamps(FlatTable type) =>
        new(CellKind.Timestamp) { Width = 8, Units = UnitsOf(type.Int16(0)), IsUtc = !string.IsNullOrEmpty(type.Text(1)) };

    private static long UnitsOf(int unit) => unit switch
    {
        0 => 1,
        1 => 1000,
        2 => 1_000_000,
        _ => 1_000_000_000,
    };
}
