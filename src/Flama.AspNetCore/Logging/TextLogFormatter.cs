using System.Globalization;
using System.Text;

namespace Flama.AspNetCore.Logging;

/// <summary>Lines for people, by a pattern in Python's words: <c>%(levelprefix)s %(message)s</c>.</summary>
public sealed class TextLogFormatter : LogFormatter
{
    /// <summary>The pattern of messages.</summary>
    public const string DefaultPattern = "%(levelprefix)s %(message)s";

    /// <summary>The pattern of requests.</summary>
    public const string AccessPattern = "%(levelprefix)s %(client_addr)s - \"%(request_line)s\" %(status_code)s";

    private const int PrefixWidth = 8;

    // The first word is the text before a name, the second the name; the last name is empty.
    private readonly List<(string Before, string Name)> parts = [];
    private readonly bool useColors;

    /// <summary>Makes the formatter.</summary>
    /// <param name="pattern">Text with <c>%(name)s</c> in it.</param>
    /// <param name="useColors">Whether levels have colours.</param>
    /// <param name="unknown">Takes the names that have no meaning; nothing is written for them.</param>
    public TextLogFormatter(string pattern, bool useColors = false, ICollection<string>? unknown = null)
        : base("text")
    {
        this.useColors = useColors;
        IsPlainAccess = pattern == AccessPattern && !useColors;
        var start = 0;
        while (pattern.IndexOf("%(", start, StringComparison.Ordinal) is var open and >= 0
            && pattern.IndexOf(')', open) is var close and >= 0)
        {
            var name = pattern[(open + 2)..close];
            var end = close + 1;
            while (end < pattern.Length && (char.IsAsciiDigit(pattern[end]) || pattern[end] is '-' or '.'))
            {
                end++;
            }

            parts.Add((Plain(pattern[start..open]), name));
            start = Math.Min(end + 1, pattern.Length);
            if (!IsKnown(name))
            {
                unknown?.Add($"%({name})");
            }
        }

        parts.Add((Plain(pattern[start..]), ""));
    }

    /// <summary>Whether it is the default for requests.</summary>
    internal bool IsPlainAccess { get; }

    /// <inheritdoc/>
    public override string Format(LogEvent entry)
    {
        StringBuilder line = new();
        foreach (var (before, name) in parts)
        {
            line.Append(before).Append(ValueOf(name, entry));
        }

        return entry.Exception is null ? line.ToString() : line.Append('\n').Append(entry.Exception).ToString();
    }

    private static string Plain(string text) => text.Replace("%%", "%", StringComparison.Ordinal);

    private static bool IsKnown(string name) => name is "message" or "levelname" or "levelprefix" or "levelno" or "name" or "asctime" or "created"
        or "msecs" or "process" or "client_addr" or "request_line" or "status_code";

    private string ValueOf(string name, LogEvent entry) => name switch
    {
        "message" => SafeText.OneLine(entry.Message),
        "levelname" => LogLevels.Word(entry.Level),
        "levelprefix" => Prefix(entry),
        "levelno" => (((int)entry.Level) * 10).ToString(CultureInfo.InvariantCulture),
        "name" => entry.Logger,
        "asctime" => entry.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture),
        "created" => (entry.Time.ToUnixTimeMilliseconds() / 1000.0).ToString(CultureInfo.InvariantCulture),
        "msecs" => entry.Time.Millisecond.ToString(CultureInfo.InvariantCulture),
        "process" => Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        "client_addr" => Field(entry, "client"),
        "request_line" => entry.Fields.Count == 0 ? "" : $"{Field(entry, "method")} {Field(entry, "target")} {Field(entry, "protocol")}",
        "status_code" => entry.Fields.Count == 0 ? "" : $"{Field(entry, "status")} {Field(entry, "reason")}",
        _ => "",
    };

    private static string Field(LogEvent entry, string name) =>
        Convert.ToString(entry.Fields.FirstOrDefault(field => field.Key == name).Value, CultureInfo.InvariantCulture) ?? "";

    private string Prefix(LogEvent entry)
    {
        var word = LogLevels.Word(entry.Level);
        var shown = useColors ? $"\u001b[{LogLevels.Color(entry.Level)}m{word}\u001b[0m" : word;
        return $"{shown}:{new string(' ', PrefixWidth - word.Length)}";
    }
}
