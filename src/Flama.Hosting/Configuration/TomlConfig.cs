using System.Globalization;
using System.Text;

namespace Flama.Hosting.Configuration;

/// <summary>Reads the part of TOML 1.0 that settings need to a tree that knows its lines: all of it but dates and texts over several lines.</summary>
/// <param name="text">The text.</param>
/// <param name="path">The file, for messages.</param>
internal sealed class TomlConfig(string text, string path)
{
    private const int MostDepth = 32;
    private const int MostNodes = 20_000;

    private int at;
    private int counted;
    private int line = 1;
    private int nodes;

    private char Current => at < text.Length ? text[at] : '\0';

    private int Line
    {
        get
        {
            var end = Math.Min(at, text.Length);
            line += text.AsSpan(counted, end - counted).Count('\n');
            counted = end;
            return line;
        }
    }

    /// <summary>Reads the document.</summary>
    /// <exception cref="FlamaException">It is not TOML, or not of the part that is read; the message tells the line.</exception>
    public ConfigNode Read()
    {
        ConfigNode root = new(ConfigNodeKind.Map, "", 1);
        var table = root;
        for (SkipLines(); at < text.Length; SkipLines())
        {
            if (Current == '[')
            {
                table = ReadHeader(root);
            }
            else
            {
                ReadPair(table, 0);
            }

            SkipSpaces();
            if (Current is not ('\0' or '\n' or '\r' or '#'))
            {
                throw Wrong("there is more after the value");
            }
        }

        return root;
    }

    private ConfigNode ReadHeader(ConfigNode root)
    {
        var isList = text.AsSpan(at).StartsWith("[[", StringComparison.Ordinal);
        at += isList ? 2 : 1;
        var keys = ReadKeys();
        Take(']');
        if (isList)
        {
            Take(']');
        }

        var table = keys[..^1].Aggregate(root, Enter);
        if (!isList)
        {
            return Enter(table, keys[^1]);
        }

        var list = Find(table, keys[^1]) ?? Add(table, keys[^1], new(ConfigNodeKind.List, "", Line));
        ConfigNode item = new(ConfigNodeKind.Map, "", Line);
        (list.Kind == ConfigNodeKind.List ? list : throw Wrong($"'{keys[^1]}' is not a list")).Items.Add(item);
        return item;
    }

    private void ReadPair(ConfigNode table, int depth)
    {
        var keys = ReadKeys();
        Take('=');
        SkipSpaces();
        var target = keys[..^1].Aggregate(table, Enter);
        Add(target, keys[^1], ReadValue(depth));
    }

    private ConfigNode ReadValue(int depth)
    {
        var first = Line;
        if (depth > MostDepth || ++nodes > MostNodes)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"it has more than {MostDepth} levels or {MostNodes} values"));
        }

        switch (Current)
        {
            case '"' or '\'':
                return new(ConfigNodeKind.Text, ReadText(), first);
            case '[':
                ConfigNode list = new(ConfigNodeKind.List, "", first);
                ReadItems(']', () => list.Items.Add(ReadValue(depth + 1)));
                return list;
            case '{':
                ConfigNode map = new(ConfigNodeKind.Map, "", first);
                ReadItems('}', () => ReadPair(map, depth + 1));
                return map;
        }

        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(Current) || Current is '+' or '-' or '.' or '_' or ':'))
        {
            at++;
        }

        var word = text[start..at];
        return word is "true" or "false" ? new(ConfigNodeKind.Boolean, word, first)
            : NumberOf(word.Replace("_", "", StringComparison.Ordinal)) is { } number ? new(ConfigNodeKind.Number, number, first)
            : throw Wrong(word.Length == 0 ? "a value is missing" : $"'{word}' is not a value that is read here");
    }

    private void ReadItems(char end, Action readItem)
    {
        at++;
        for (SkipLines(); Current != end; SkipLines())
        {
            readItem();
            SkipLines();
            if (Current != end)
            {
                Take(',');
            }
        }

        at++;
    }

    private List<string> ReadKeys()
    {
        List<string> keys = [];
        do
        {
            at += keys.Count > 0 ? 1 : 0;
            SkipSpaces();
            var start = at;
            while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-')
            {
                at++;
            }

            keys.Add(at > start ? text[start..at] : Current is '"' or '\'' ? ReadText() : throw Wrong("a key is missing"));
            SkipSpaces();
        }
        while (Current == '.');
        return keys;
    }

    private string ReadText()
    {
        var quote = Current;
        if (text.AsSpan(at).StartsWith(new string(quote, 3), StringComparison.Ordinal))
        {
            throw Wrong("texts over several lines are not read: write \\n in a text on one line");
        }

        StringBuilder value = new();
        for (at++; Current != quote; at++)
        {
            _ = Current switch
            {
                '\0' or '\n' or '\r' => throw Wrong("a text does not end on its line"),
                '\\' when quote == '"' => value.Append(ReadEscape()),
                var letter => value.Append(letter),
            };
        }

        at++;
        return value.ToString();
    }

    private string ReadEscape()
    {
        at++;
        var length = Current switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (length > 0)
        {
            var digits = text.AsSpan(at + 1, Math.Min(length, text.Length - at - 1));
            at += length;
            return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
                ? new Rune(code).ToString()
                : throw Wrong("an escape in a text is not a character");
        }

        var index = "btnfr\"\\".IndexOf(Current, StringComparison.Ordinal);
        return index >= 0 ? "\b\t\n\f\r\"\\"[index].ToString() : throw Wrong($"a text has the escape \\{Current}, which is not known");
    }

    private static string? NumberOf(string word) =>
        word.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
            ? hex.ToString(CultureInfo.InvariantCulture)
            : double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? word.TrimStart('+') : null;

    private ConfigNode Enter(ConfigNode table, string key) => Find(table, key) switch
    {
        null => Add(table, key, new(ConfigNodeKind.Map, "", Line)),
        { Kind: ConfigNodeKind.List, Items: [.., { Kind: ConfigNodeKind.Map } last] } => last,
        { Kind: ConfigNodeKind.Map } map => map,
        _ => throw Wrong($"'{key}' is not a table"),
    };

    private ConfigNode Add(ConfigNode table, string key, ConfigNode value)
    {
        if (Find(table, key) is not null)
        {
            throw Wrong($"the key '{key}' comes twice");
        }

        table.Members.Add(new(key, value));
        return value;
    }

    private static ConfigNode? Find(ConfigNode table, string key) => table.Members.Find(member => member.Key == key).Value;

    private void Take(char expected)
    {
        SkipSpaces();
        at = Current == expected ? at + 1 : throw Wrong($"'{expected}' is missing");
    }

    private void SkipSpaces()
    {
        while (Current is ' ' or '\t')
        {
            at++;
        }
    }

    private void SkipLines()
    {
        while (at < text.Length && (char.IsWhiteSpace(Current) || Current == '#'))
        {
            at = Current == '#' && text.IndexOf('\n', at) is var end ? (end < 0 ? text.Length : end) : at + 1;
        }
    }

    private FlamaException Wrong(string why) => ConfigTree.Wrong(path, Line, why);
}
