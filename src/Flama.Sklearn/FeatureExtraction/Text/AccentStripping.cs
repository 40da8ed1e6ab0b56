using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;

namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>scikit-learn's <c>strip_accents</c>: compatibility decomposition (NFKD) without combining characters, or without all that is not ASCII.</summary>
/// <remarks>
/// The decompositions are a table of our own, read once when it is first needed: .NET has none where it runs without ICU, and nowhere tells which characters
/// combine. Their order plays no part, since those that could change places are left out.
/// </remarks>
internal static class AccentStripping
{
    private const string Resource = "Flama.Sklearn.accents.bin";
    private const int FirstHangul = 0xAC00;
    private const int LastHangul = 0xD7A3;
    private const int HangulVowels = 21;
    private const int HangulTails = 28;

    private static readonly Lazy<FrozenDictionary<int, string>> Table = new(Read);

    /// <summary>Adds the text without accents to a buffer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="asciiOnly">Whether everything that is not ASCII is left out.</param>
    /// <param name="buffer">Where to.</param>
    public static void Append(ReadOnlySpan<char> text, bool asciiOnly, TextBuffer buffer)
    {
        var plain = text.IndexOfAnyExceptInRange('\0', '\x7F');
        buffer.Add(plain < 0 ? text : text[..plain]);
        for (var i = plain < 0 ? text.Length : plain; i < text.Length;)
        {
            var codePoint = PythonCharacter.At(text, i, out var length);
            if (codePoint < 0x80)
            {
                buffer.Add((char)codePoint);
            }
            else if (codePoint is >= FirstHangul and <= LastHangul)
            {
                AddHangul(codePoint - FirstHangul, asciiOnly, buffer);
            }
            else if (Table.Value.TryGetValue(codePoint, out var left))
            {
                AddLeft(left, asciiOnly, buffer);
            }
            else if (!asciiOnly)
            {
                buffer.Add(text.Slice(i, length));
            }

            i += length;
        }
    }

    private static void AddLeft(string left, bool asciiOnly, TextBuffer buffer)
    {
        foreach (var unit in left)
        {
            if (!asciiOnly || unit < 0x80)
            {
                buffer.Add(unit);
            }
        }
    }

    // A syllable is a number made of its two or three letters.
    private static void AddHangul(int syllable, bool asciiOnly, TextBuffer buffer)
    {
        if (asciiOnly)
        {
            return;
        }

        buffer.Add((char)(0x1100 + (syllable / (HangulVowels * HangulTails))));
        buffer.Add((char)(0x1161 + (syllable / HangulTails % HangulVowels)));
        if (syllable % HangulTails != 0)
        {
            buffer.Add((char)(0x11A7 + (syllable % HangulTails)));
        }
    }

    private static FrozenDictionary<int, string> Read()
    {
        using var resource = typeof(AccentStripping).Assembly.GetManifestResourceStream(Resource)!;
        using var inflated = new DeflateStream(resource, CompressionMode.Decompress);
        using var records = new MemoryStream();
        inflated.CopyTo(records);
        records.Position = 0;
        using var reader = new BinaryReader(records);
        var table = new Dictionary<int, string>();
        var left = new StringBuilder();
        var codePoint = 0;
        while (records.Position < records.Length)
        {
            codePoint += reader.Read7BitEncodedInt();
            left.Clear();
            for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
            {
                left.Append(new Rune(reader.Read7BitEncodedInt()).ToString());
            }

            table.Add(codePoint, left.ToString());
        }

        return table.ToFrozenDictionary();
    }
}
