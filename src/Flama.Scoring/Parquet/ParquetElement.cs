using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>An element of a Parquet schema: a column, or a group of elements.</summary>
internal sealed record ParquetElement
{
    private const int NoConversion = -1;
    private const int Repeated = 2;

    /// <summary>The physical types.</summary>
    private const int Boolean = 0, Int32 = 1, Int64 = 2, Int96 = 3, Float = 4, Double = 5, ByteArray = 6, FixedBytes = 7;

    /// <summary>The conversions of old writers; see <c>ConvertedType</c> of the format.</summary>
    private const int DecimalType = 5, DateType = 6, TimeMillis = 7, TimeMicros = 8, TimestampMillis = 9, TimestampMicros = 10, FirstUnsigned = 11, LastUnsigned = 14, Bson = 20, Interval = 21;

    /// <summary>The name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The number of elements in a group; 0 for a column.</summary>
    public int Children { get; private init; }

    /// <summary>The physical type of a column.</summary>
    public int Type { get; private init; } = NoConversion;

    /// <summary>Whether a cell may be missing.</summary>
    public bool IsOptional { get; private init; }

    /// <summary>Whether it stands any number of times in a row.</summary>
    public bool IsRepeated { get; private init; }

    /// <summary>The bytes of a cell of a fixed width.</summary>
    public int Length { get; private init; }

    private int Conversion { get; init; } = NoConversion;

    private ParquetLogicalType Logical { get; init; } = ParquetLogicalType.None;

    private int Scale { get; init; }

    /// <summary>How the cells lie in bytes; null where they are not read.</summary>
    public CellFormat? Format => Children > 0 || IsRepeated ? null : Logical.Kind switch
    {
        ParquetLogicalType.Unknown => new(CellKind.Nothing),
        ParquetLogicalType.Float16 when Type == FixedBytes && Length == 2 => new(CellKind.Float) { Width = 2 },
        ParquetLogicalType.Uuid when Type == FixedBytes && Length == 16 => new(CellKind.Identifier) { Width = 16 },
        ParquetLogicalType.Bson => null,
        _ => Type switch
        {
            Boolean => new(CellKind.Boolean),
            Int32 or Int64 => Integers(),
            Int96 => new(CellKind.Timestamp) { Width = 12 },
            Float => new(CellKind.Float) { Width = 4 },
            Double => new(CellKind.Float) { Width = 8 },
            ByteArray => Conversion == Bson ? null : IsDecimal ? Decimals(0) : new(CellKind.Text),
            FixedBytes when IsDecimal && Length is > 0 and <= DecimalNumber.MaxBytes => Decimals(Length),
            _ => null,
        },
    };

    /// <summary>What messages call the type.</summary>
    public string TypeName =>
        IsRepeated ? "lists"
        : Children > 0 ? "lists, maps or structs"
        : Conversion == Interval ? "intervals"
        : Conversion == Bson || Logical.Kind == ParquetLogicalType.Bson ? "BSON"
        : Format is { Kind: var kind } ? kind.ToString().ToLowerInvariant()
        : "bytes";

    private bool IsDecimal => (Conversion == DecimalType || Logical.Kind == ParquetLogicalType.Decimal) && Math.Abs(Scale) <= DecimalNumber.MaxScale;

    /// <summary>Reads an element.</summary>
    public static ParquetElement Read(ref ThriftReader reader)
    {
        ParquetElement element = new();
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (field)
            {
                case 1:
                    element = element with { Type = reader.ReadInt32() };
                    break;
                case 2:
                    element = element with { Length = reader.ReadInt32() };
                    break;
                case 3:
                    var repetition = reader.ReadInt32();
                    element = element with { IsOptional = repetition == 1, IsRepeated = repetition == Repeated };
                    break;
                case 4:
                    element = element with { Name = reader.ReadText() };
                    break;
                case 5:
                    element = element with { Children = reader.ReadInt32() };
                    break;
                case 6:
                    element = element with { Conversion = reader.ReadInt32() };
                    break;
                case 7:
                    element = element with { Scale = reader.ReadInt32() };
                    break;
                case 10 when reader.BeginStruct():
                    element = element with { Logical = ParquetLogicalType.Read(ref reader) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return element.Logical.Kind == ParquetLogicalType.Decimal ? element with { Scale = element.Logical.Scale } : element;
    }

    private CellFormat? Integers()
    {
        var width = Type == Int32 ? 4 : 8;
        return Logical.Kind switch
        {
            ParquetLogicalType.Time => new(CellKind.Time) { Width = width, Units = Logical.Units },
            ParquetLogicalType.Timestamp => new(CellKind.Timestamp) { Width = width, Units = Logical.Units, IsUtc = Logical.IsUtc },
            ParquetLogicalType.Integer => new(Logical.IsSigned ? CellKind.Integer : CellKind.Unsigned) { Width = width },
            _ when IsDecimal => Decimals(width) with { IsBigEndian = false },
            _ => Conversion switch
            {
                DateType => new(CellKind.Date) { Width = width },
                TimeMillis => new(CellKind.Time) { Width = width, Units = 1000 },
                TimeMicros => new(CellKind.Time) { Width = width, Units = 1_000_000 },
                TimestampMillis => new(CellKind.Timestamp) { Width = width, Units = 1000, IsUtc = true },
                TimestampMicros => new(CellKind.Timestamp) { Width = width, Units = 1_000_000, IsUtc = true },
                >= FirstUnsigned and <= LastUnsigned => new(CellKind.Unsigned) { Width = width },
                DecimalType => null,
                _ => Logical.Kind == ParquetLogicalType.Date ? new(CellKind.Date) { Width = width } : new(CellKind.Integer) { Width = width },
            },
        };
    }

    private CellFormat Decimals(int width) => new(CellKind.Decimal) { Width = width, Scale = Scale, IsBigEndian = true };
}
