using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;

namespace Flama.Processing.Texts;

/// <summary>Leaves accents out as BERT does: canonical decomposition (NFD) without nonspacing marks.</summary>
/// <remarks>A table of our own (<c>make_accents.py</c>), read once when it is first needed: .NET has none where it runs without ICU.</remarks>
internal static class Accents
{
    private const string Resource = "Flama.Processing.accents.bin";
    private const int FirstHangul = 0xAC00, LastHangul = 0xD7A3, HangulVowels = 21, HangulTails = 28;

    private static readonly Lazy<FrozenDictionary<int, string>> Table = new(Read);

    /// <summary>The text without accents.</summary>
    public static string Strip(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        StringBuilder kept = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= FirstHangul and <= LastHangul)
            {
                AddHangul(kept, rune.Value - FirstHangul);
            }
            else
            {
                kept.Append(Table.Value.GetValueOrDefault(rune.Value) ?? rune.ToString());
            }
        }

        return kept.ToString();
    }

    // A syllable is a number made of its two or three letters.
    private static void AddHangul(StringBuilder kept, int syllable)
    {
        kept.Append((char)(0x1100 + (syllable / (HangulVowels * HangulTails))));
        kept.Append((char)(0x1161 + (syllable / HangulTails % HangulVowels)));
        if (syllable % HangulTails != 0)
        {
            kept.Append((char)(0x11A7 + (syllable % HangulTails)));
        }
    }

    private static FrozenDictionary<int, string> Read()
    {
        using var resource = typeof(Accents).Assembly.GetManifestResourceStream(Resource)!;
        using var inflated = new DeflateStream(resource, CompressionMode.Decompress);
        using var records = new MemoryStream();
        inflated.CopyTo(records);
        records.Position = 0;
        using var reader = new BinaryReader(records);
        Dictionary<int, string> table = [];
        StringBuilder left = new();
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
