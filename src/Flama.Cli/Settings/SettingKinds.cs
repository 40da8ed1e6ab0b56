using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Flama.Cli.Settings;

/// <summary>The kinds of values a setting can have.</summary>
internal static class SettingKinds
{
    // The server's routing gives these a meaning, or a URL does.
    private static readonly SearchValues<char> NotInPaths = SearchValues.Create("?#{}*\\ \t\r\n");

    /// <summary>The words for a flag, as the Python original takes them.</summary>
    private static readonly Dictionary<string, bool> FlagWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] = true,
        ["1"] = true,
        ["yes"] = true,
        ["on"] = true,
        ["t"] = true,
        ["y"] = true,
        ["false"] = false,
        ["0"] = false,
        ["no"] = false,
        ["off"] = false,
        ["f"] = false,
        ["n"] = false,
    };

    /// <summary>Any text.</summary>
    public static Setting<string> Text(string name, string valueName, string description, string defaultValue) =>
        new(name, valueName, description, defaultValue, ReadText, "a text");

    /// <summary>Any text, with nothing for a default.</summary>
    public static Setting<string?> OptionalText(string name, string valueName, string description, string? alias = null) =>
        new(name, valueName, description, null, ReadOptionalText, "a text") { Alias = alias };

    /// <summary>Any texts: the option can be repeated, a variable has one a line, and a file has a list.</summary>
    public static Setting<string?> Texts(string name, string valueName, string description) =>
        new(name, valueName, description, null, ReadOptionalText, "a text or a list of texts") { CanRepeat = true };

    /// <summary>One of a few words, with nothing for a default.</summary>
    public static Setting<string?> OptionalChoice(string name, string description, params IReadOnlyList<string> words) => new(
        name,
        string.Join('|', words),
        description,
        null,
        (string text, out string? value) =>
        {
            value = words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase));
            return value is not null;
        },
        $"one of {string.Join(", ", words)}")
    {
        Words = words,
    };

    /// <summary>On or off, bare or with a value; off by default.</summary>
    public static Setting<bool> Flag(string name, string description, string? alias = null) =>
        new(name, null, description, false, TryReadFlag, "true or false") { Alias = alias };

    /// <summary>On or off, with an option for each.</summary>
    public static Setting<bool> Switch(string name, string negation, string description, bool defaultValue) =>
        new(name, null, description, defaultValue, TryReadFlag, "true or false") { Negation = negation };

    /// <summary>A whole number, with nothing for a default.</summary>
    public static Setting<int?> OptionalNumber(string name, string valueName, string description, int smallest) => new(
        name,
        valueName,
        description,
        null,
        (string text, out int? value) =>
        {
            var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            value = number;
            return isNumber && number >= smallest;
        },
        $"a whole number of {smallest} or more");

    /// <summary>A whole number.</summary>
    public static Setting<int> Number(string name, string valueName, string description, int defaultValue, int smallest) => new(
        name,
        valueName,
        description,
        defaultValue,
        (string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= smallest,
        $"a whole number of {smallest} or more");

    /// <summary>A path of the server, with a slash in front; empty is a value of its own.</summary>
    public static Setting<string> Path(string name, string description, string defaultValue) =>
        new(name, "PATH", description, defaultValue, ReadPath, "a path such as /models/churn/, without empty segments and without any of ?#{}*");

    /// <summary>One of a few words, in any letter case.</summary>
    public static Setting<string> Choice(string name, string description, string defaultValue, params IReadOnlyList<string> words) => new(
        name,
        string.Join('|', words),
        description,
        defaultValue,
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase), "");
            return value.Length > 0;
        },
        $"one of {string.Join(", ", words)}")
    {
        Words = words,
    };

    /// <summary>A number that is not negative.</summary>
    public static Setting<double> Amount(string name, string valueName, string description, double defaultValue) =>
        new(name, valueName, description, defaultValue, ReadAmount, "a number of 0 or more");

    /// <summary>A TCP port.</summary>
    public static Setting<int> Port(string name, string description, int defaultValue) =>
        new(name, "PORT", description, defaultValue, ReadPort, "a whole number from 0 to 65535");

    /// <summary>Reads a word for a flag.</summary>
    public static bool TryReadFlag(string text, out bool value) => FlagWords.TryGetValue(text, out value);

    private static bool ReadText(string text, out string value)
    {
        value = text;
        return true;
    }

    private static bool ReadOptionalText(string text, out string? value)
    {
        value = text;
        return true;
    }

    private static bool ReadPath(string text, out string value)
    {
        value = text.Length == 0 || text[0] == '/' ? text : $"/{text}";
        return !value.Contains("//", StringComparison.Ordinal) && value.AsSpan().IndexOfAny(NotInPaths) < 0;
    }

    private static bool ReadAmount(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= 0 && double.IsFinite(value);

    private static bool ReadPort(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= ushort.MaxValue;
}
