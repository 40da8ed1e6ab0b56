using System.Buffers.Binary;
using System.Numerics;

namespace Flama.Scoring.Columns;

/// <summary>How the cells of a typed column lie in bytes. Immutable.</summary>
/// <param name="Kind">What they are.</param>
internal sealed record CellFormat(CellKind Kind)
{
    private const int Int96 = 12;

    /// <summary>The bytes of a cell; 0 where those differ.</summary>
    public int Width { get; init; }

    /// <summary>The digits after the point of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>Whether the bytes of a decimal begin with the highest.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Units a second of times, units a day of dates.</summary>
    public long Units { get; init; } = 1;

    /// <summary>Whether a point in time is told in UTC.</summary>
    public bool IsUtc { get; init; }

    /// <summary>What a cell is that has no value: NaN among numbers, as in pandas, else null.</summary>
    public Scalar Missing => Kind is CellKind.Integer or CellKind.Unsigned or CellKind.Float or CellKind.Decimal ? Scalar.Of(double.NaN) : Scalar.Null;

    /// <summary>Reads a cell of a fixed width.</summary>
    /// <param name="bytes">As many bytes as <see cref="Width"/>; any number for a decimal without one.</param>
    public Scalar Read(ReadOnlySpan<byte> bytes) => Kind switch
    {
        CellKind.Boolean => Scalar.Of(bytes[0] != 0),
        CellKind.Integer => Scalar.Of(Signed(bytes)),
        CellKind.Unsigned => Scalar.Of(Unsigned(bytes)),
        CellKind.Float => Scalar.Of(Float(bytes)),
        CellKind.Decimal => DecimalNumber.Of(new BigInteger(bytes, isUnsigned: false, IsBigEndian), Scale),
        CellKind.Date => TimeText.Date(Signed(bytes), Units),
        CellKind.Time => TimeText.Time(Signed(bytes), Units),
        CellKind.Timestamp when bytes.Length == Int96 => TimeText.Int96(bytes),
        CellKind.Timestamp => TimeText.Timestamp(Signed(bytes), Units, IsUtc),
        CellKind.Identifier => Scalar.Of(new Guid(bytes, bigEndian: true).ToString("D")),
        _ => Missing,
    };

    private static long Signed(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => (sbyte)bytes[0],
        2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
    };

    private static ulong Unsigned(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    private static double Float(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        2 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        4 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };
}
