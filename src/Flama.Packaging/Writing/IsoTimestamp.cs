using System.Globalization;

namespace Flama.Packaging.Writing;

/// <summary>A point in time as Python's <c>datetime.isoformat()</c> writes it.</summary>
/// <param name="Text">The text: no fraction when it is zero, six digits else; the offset as <c>+00:00</c>, if there is one.</param>
/// <param name="UnixSeconds">
/// Whole seconds since 1970; a time without offset counts as UTC, so that it does not depend on the machine.
/// </param>
internal readonly record struct IsoTimestamp(string Text, long UnixSeconds)
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    /// <summary>Now, local time without offset.</summary>
    public static IsoTimestamp Now(TimeProvider provider) => From(provider.GetLocalNow().DateTime, null);

    /// <summary>Reads ISO 8601: a date, or date and time, with or without fraction and offset.</summary>
    /// <exception cref="FlamaException">The text is no such time (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static IsoTimestamp Parse(string text)
    {
        var (time, zone) = Split(text);
        if (!DateTime.TryParseExact(time, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var point)
            || !TryParseOffset(zone, out var offset))
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"The timestamp '{text}' is not ISO 8601.",
                "Write it like 2023-03-10T11:30:00 or 2023-03-10T11:30:00.123456+00:00.");
        }

        return From(point, offset);
    }

    private static (string Time, string Zone) Split(string text)
    {
        var zone = text.Length > 11 ? text.AsSpan(11).IndexOfAny('Z', '+', '-') : -1;
        return zone < 0 ? (text, "") : (text[..(zone + 11)], text[(zone + 11)..]);
    }

    private static bool TryParseOffset(string zone, out TimeSpan? offset)
    {
        offset = zone == "Z" ? TimeSpan.Zero : null;
        if (zone is "" or "Z")
        {
            return true;
        }

        var isParsed = TimeSpan.TryParseExact(zone[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var size);
        offset = zone[0] == '-' ? -size : size;
        return isParsed;
    }

    private static IsoTimestamp From(DateTime point, TimeSpan? offset)
    {
        var micros = point.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var text = point.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            + (micros == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{micros:D6}"))
            + (offset is { } zone ? $"{(zone < TimeSpan.Zero ? '-' : '+')}{zone:hh\\:mm}" : "");
        var seconds = (point.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        return new IsoTimestamp(text, seconds - (long)(offset ?? TimeSpan.Zero).TotalSeconds);
    }
}
