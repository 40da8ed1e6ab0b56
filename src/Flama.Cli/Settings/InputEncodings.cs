using System.Text;

namespace Flama.Cli.Settings;

/// <summary>The encodings that rows may be in, by the names that users give them.</summary>
internal static class InputEncodings
{
    private const int Windows = 1252;

    private static readonly Dictionary<string, Func<Encoding>> Encodings = new(StringComparer.Ordinal)
    {
        ["utf-8"] = () => Encoding.UTF8,
        ["utf-16"] = () => Encoding.Unicode,
        ["utf-16-be"] = () => Encoding.BigEndianUnicode,
        ["latin-1"] = () => Encoding.Latin1,
        ["windows-1252"] = () => CodePagesEncodingProvider.Instance.GetEncoding(Windows)!,
    };

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Encodings.Keys];

    /// <summary>The encoding of a name; null for any other word.</summary>
    public static Encoding? Of(string name) => Encodings.TryGetValue(name, out var make) ? make() : null;
}
