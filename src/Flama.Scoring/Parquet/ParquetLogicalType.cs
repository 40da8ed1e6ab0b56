namespace Flama.Scoring.Parquet;

/// <summary>What a column of a Parquet file stands for, as new writers tell it.</summary>
/// <param name="Kind">The number of the type in the format; 0 for none.</param>
internal sealed record ParquetLogicalType(int Kind)
{
    /// <summary>Numbers of the types that matter.</summary>
    public const int Decimal = 5, Date = 6, Time = 7, Timestamp = 8, Integer = 10, Unknown = 11, Bson = 13, Uuid = 14, Float16 = 15;

    /// <summary>None.</summary>
    public static readonly ParquetLogicalType None = new(0);

    /// <summary>The digits after the point of a decimal.</summary>
    public int Scale { get; private init; }

    /// <summary>Units a second.</summary>
    public long Units { get; private init; } = 1;

    /// <summary>Whether a point in time is told in UTC.</summary>
    public bool IsUtc { get; private init; }

    /// <summary>Whether integers have a sign.</summary>
    public bool IsSigned { get; private init; }

    /// <summary>Reads the union, whose struct was begun.</summary>
    public static ParquetLogicalType Read(ref ThriftReader reader)
    {
        var type = None;
        for (var field = 0; reader.NextField(ref field);)
        {
            type = reader.BeginStruct() ? ReadMembers(ref reader, field) : None;
        }

        return type;
    }

    private static ParquetLogicalType ReadMembers(ref ThriftReader reader, int kind)
    {
        ParquetLogicalType type = new(kind);
        for (var field = 0; reader.NextField(ref field);)
        {
            switch (kind, field)
            {
                case (Decimal, 1):
                    type = type with { Scale = reader.ReadInt32() };
                    break;
                case (Time or Timestamp, 1):
                    type = type with { IsUtc = reader.ReadBoolean() };
                    break;
                case (Time or Timestamp, 2) when reader.BeginStruct():
                    type = type with { Units = ReadUnits(ref reader) };
                    break;
                case (Integer, 2):
                    type = type with { IsSigned = reader.ReadBoolean() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return type;
    }

    // The number of the field is the unit; the struct in it is empty.
    private static long ReadUnits(ref ThriftReader reader)
    {
        var units = 1L;
        for (var field = 0; reader.NextField(ref field);)
        {
            units = field switch { 1 => 1000, 2 => 1_000_000, _ => 1_000_000_000 };
            reader.Skip();
        }

        return units;
    }
}
