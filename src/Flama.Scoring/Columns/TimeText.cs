using System.Buffers.Binary;
using System.Globalization;

namespace Flama.Scoring.Columns;

/// <summary>Dates and times as the text that pandas writes for them.</summary>
internal static class TimeText
{
    private const long Nanoseconds = 1_000_000_000;
    private const long SecondsPerDay = 86_400;
    private const long UnixDay = 719_162;
    private const long LastDay = 3_652_058;
    private const long JulianUnixDay = 2_440_588;

    /// <summary>A date: <c>2024-01-31</c>.</summary>
    /// <param name="value">Units since 1970.</param>
    /// <param name="perDay">Units a day.</param>
    public static Scalar Date(long value, long perDay) => Scalar.Of(Day(FloorDivide(value, perDay)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A time: <c>12:34:56.5</c> with six or nine digits after the point where there are any.</summary>
    /// <param name="value">Units since midnight.</param>
    /// <param name="perSecond">Units a second.</param>
    public static Scalar Time(long value, long perSecond)
    {
        var seconds = FloorDivide(value, perSecond);
        return seconds is >= 0 and < SecondsPerDay
            ? Scalar.Of(Clock(seconds, (value - (seconds * perSecond)) * (Nanoseconds / perSecond)))
            : throw OutOfRange();
    }

    /// <summary>A point in time: <c>2024-01-31 12:34:56</c>, with <c>+00:00</c> where it is in UTC.</summary>
    /// <param name="value">Units since 1970.</param>
    /// <param name="perSecond">Units a second.</param>
    /// <param name="isUtc">Whether the zone is told.</param>
    public static Scalar Timestamp(long value, long perSecond, bool isUtc)
    {
        var seconds = FloorDivide(value, perSecond);
        return Timestamp(FloorDivide(seconds, SecondsPerDay), seconds, (value - (seconds * perSecond)) * (Nanoseconds / perSecond), isUtc);
    }

    /// <summary>A point in time in twelve bytes: nanoseconds of the day and the Julian day.</summary>
    public static Scalar Int96(ReadOnlySpan<byte> bytes)
    {
        var nanoseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var day = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) - JulianUnixDay;
        return nanoseconds is >= 0 and < SecondsPerDay * Nanoseconds
            ? Timestamp(day, (day * SecondsPerDay) + (nanoseconds / Nanoseconds), nanoseconds % Nanoseconds, isUtc: false)
            : throw OutOfRange();
    }

    private static Scalar Timestamp(long day, long seconds, long nanoseconds, bool isUtc) => Scalar.Of(
        $"{Day(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {Clock(seconds - (day * SecondsPerDay), nanoseconds)}{(isUtc ? "+00:00" : "")}");

    private static string Clock(long seconds, long nanoseconds)
    {
        var text = TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(seconds)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return nanoseconds == 0 ? text
            : nanoseconds % 1000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}.{nanoseconds / 1000:000000}")
            : string.Create(CultureInfo.InvariantCulture, $"{text}.{nanoseconds:000000000}");
    }

    private static DateOnly Day(long sinceUnix) =>
        sinceUnix is >= -UnixDay and <= LastDay - UnixDay ? DateOnly.FromDayNumber((int)(sinceUnix + UnixDay)) : throw OutOfRange();

    private static long FloorDivide(long value, long by)
    {
        var (quotient, remainder) = Math.DivRem(value, by);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    private static FlamaException OutOfRange() => new(
        ErrorCodes.InvalidInput, "The input has a date or time outside the years 1 to 9999, or outside a day.", "Check how the column was made.");
}
