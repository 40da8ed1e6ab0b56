using System.Globalization;
using System.Text;
using Flama.Keras.Text;

namespace Flama.Keras.TensorFlow.Before;

/// <summary>Texts, computed before the graph. TensorFlow has them as bytes of UTF-8.</summary>
internal static class HostTexts
{
    public static IReadOnlyDictionary<string, HostFunction> All { get; } = new Dictionary<string, HostFunction>(StringComparer.Ordinal)
    {
        ["StringLower"] = (node, x) => [Each(x[0], node.Text("encoding") == "utf-8" ? text => text.ToLowerInvariant() : text => Ascii(text, char.IsAsciiLetterUpper))],
        ["StringUpper"] = (node, x) => [Each(x[0], node.Text("encoding") == "utf-8" ? text => text.ToUpperInvariant() : text => Ascii(text, char.IsAsciiLetterLower))],
        ["StringStrip"] = (_, x) => [Each(x[0], text => text.Trim(Words.Spaces))],
        ["StaticRegexReplace"] = (node, x) => [Replace(node, x[0])],
        ["StaticRegexFullMatch"] = (node, x) => [HostTensor.Of([.. TensorFlowRegex.Of(node.Text("pattern"), isWhole: true) is var regex ? x[0].Texts.Select(text => regex.IsMatch(text)) : []], x[0].Shape)],
        ["StringLength"] = (node, x) => [HostTensor.Of(ElementType.Int32, [.. x[0].Texts.Select(text => (long)(IsBytes(node) ? Encoding.UTF8.GetByteCount(text) : text.EnumerateRunes().Count()))], x[0].Shape)],
        ["Substr"] = (node, x) => [Part(node, x[0], x[1], x[2])],
        ["StringJoin"] = (node, x) => [Join(x, node.Text("separator"))],
        ["AsString"] = (node, x) => [AsText(node, x[0])],
        ["StringToNumber"] = (node, x) => [ToNumber(x[0], HostShapes.TypeOf(node, "out_type", ElementType.Float32))],
        ["StringToHashBucketFast"] = (node, x) => [Hash(x[0], node.Integer("num_buckets"), FarmHash.Fingerprint)],
        ["StringToHashBucketStrong"] = Strong,
        ["StringSplitV2"] = (node, x) => Split(x[0], x[1].Texts[0], node.Integer("maxsplit", -1)),
        ["StringNGrams"] = NGrams,
    };

    private static HostTensor Each(HostTensor x, Func<string, string> change) => HostTensor.Of(Array.ConvertAll(x.Texts, text => change(text)), x.Shape);

    private static bool IsBytes(GraphNode node) => node.Text("unit", "BYTE") == "BYTE";

    // Letters of ASCII differ in one bit.
    private static string Ascii(string text, Func<char, bool> isOther) => string.Create(text.Length, (text, isOther), static (span, state) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = state.isOther(state.text[i]) ? (char)(state.text[i] ^ 0x20) : state.text[i];
        }
    });

    private static HostTensor Replace(GraphNode node, HostTensor x)
    {
        var regex = TensorFlowRegex.Of(node.Text("pattern"), isWhole: false);
        var with = TensorFlowRegex.Replacement(node.Text("rewrite"));
        var count = node.Flag("replace_global", true) ? -1 : 1;
        return Each(x, text => regex.Replace(text, with, count));
    }

    private static HostTensor Part(GraphNode node, HostTensor x, HostTensor places, HostTensor lengths)
    {
        var (from, count) = (HostShapes.BroadcastTo(places, x.Shape).Longs, HostShapes.BroadcastTo(lengths, x.Shape).Longs);
        return HostTensor.Of([.. x.Texts.Select((text, i) =>
        {
            if (IsBytes(node))
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                return Encoding.UTF8.GetString(bytes[Range(bytes.Length, from[i], count[i])]);
            }

            var runes = text.EnumerateRunes().ToArray();
            return string.Concat(runes[Range(runes.Length, from[i], count[i])]);
        })], x.Shape);
    }

    private static Range Range(int length, long from, long count)
    {
        var start = from < 0 ? from + length : from;
        return start >= 0 && start <= length ? (int)start..(int)Math.Clamp(start + Math.Max(0, count), 0, length) : throw HostTensor.Invalid($"a text of {length} has no place {from}");
    }

    private static HostTensor Join(IReadOnlyList<HostTensor> parts, string separator)
    {
        var shape = parts.Select(part => part.Shape).Aggregate(HostShapes.Broadcast);
        HostTensor[] all = [.. parts.Select(part => HostShapes.BroadcastTo(part, shape))];
        return HostTensor.Of([.. Enumerable.Range(0, all[0].Count).Select(i => string.Join(separator, all.Select(part => part.Texts[i])))], shape);
    }

    private static HostTensor AsText(GraphNode node, HostTensor x)
    {
        var (precision, width, fill) = (node.Integer("precision", -1), node.Integer("width", -1), node.Text("fill"));
        string Number(double number) => node.Flag("scientific") ? number.ToString($"0.{new string('0', (int)Math.Clamp(precision < 0 ? 6 : precision, 0, 50))}e+00", CultureInfo.InvariantCulture)
            : node.Flag("shortest") ? number.ToString("R", CultureInfo.InvariantCulture)
            : number.ToString($"F{Math.Clamp(precision < 0 ? 6 : precision, 0, 50)}", CultureInfo.InvariantCulture);
        IEnumerable<string> texts = x.IsText ? x.Texts
            : x.IsReal ? x.Doubles.Select(Number)
            : x.Type == ElementType.Boolean ? x.Longs.Select(truth => truth != 0 ? "true" : "false")
            : x.Longs.Select(number => number.ToString(CultureInfo.InvariantCulture));
        return HostTensor.Of([.. texts.Select(text => fill == "-" ? text.PadRight((int)Math.Clamp(width, 0, 1000)) : text.PadLeft((int)Math.Clamp(width, 0, 1000), fill.Length > 0 ? fill[0] : ' '))], x.Shape);
    }

    private static HostTensor ToNumber(HostTensor x, ElementType type)
    {
        if (type is ElementType.Int32 or ElementType.Int64)
        {
            return HostTensor.Of(type, Array.ConvertAll(x.Texts, text => long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : throw Not(text)), x.Shape);
        }

        return HostTensor.Of(type, Array.ConvertAll(x.Texts, text => text.Trim(Words.Spaces) switch
        {
            var word when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            var word => word.ToLowerInvariant() switch { "inf" or "+inf" or "infinity" => double.PositiveInfinity, "-inf" or "-infinity" => double.NegativeInfinity, "nan" => double.NaN, _ => throw Not(text) },
        }), x.Shape);
    }

    private static FlamaException Not(string text) => HostTensor.Invalid($"'{SafeText.OneLine(text, 60)}' is not a number");

    private static HostTensor Hash(HostTensor x, long bins, Func<string, ulong> hash) => HostTensor.Of(ElementType.Int64, Array.ConvertAll(x.Texts, text => (long)(hash(text) % (ulong)bins)), x.Shape);

    private static HostTensor[] Strong(GraphNode node, IReadOnlyList<HostTensor> x)
    {
        var key = node.Integers("key");
        return [Hash(x[0], node.Integer("num_buckets"), text => SipHash.Compute(Encoding.UTF8.GetBytes(text), (ulong)key[0], (ulong)key[1]))];
    }

    // At white space, where runs count once, or at a separator, where nothing between two is a part.
    private static HostTensor[] Split(HostTensor x, string separator, long most)
    {
        List<long> indices = [];
        List<string> parts = [];
        var longest = 0L;
        for (var i = 0; i < x.Count; i++)
        {
            string[] words = separator.Length == 0
                ? SplitAtSpaces(x.Texts[i], most)
                : x.Texts[i].Split(separator, most < 0 ? int.MaxValue : (int)Math.Min(int.MaxValue, most + 1));
            for (var j = 0; j < words.Length; j++)
            {
                indices.AddRange([i, j]);
            }

            parts.AddRange(words);
            longest = Math.Max(longest, words.Length);
        }

        return [HostTensor.Of(ElementType.Int64, [.. indices], parts.Count, 2), HostTensor.Of([.. parts], parts.Count), HostTensor.Of(ElementType.Int64, [x.Count, longest], 2)];
    }

    private static string[] SplitAtSpaces(string text, long most) => most < 0
        ? text.Split(Words.Spaces, StringSplitOptions.RemoveEmptyEntries)
        : throw HostTensor.Invalid("texts are split at white space a limited number of times");

    private static HostTensor[] NGrams(GraphNode node, IReadOnlyList<HostTensor> x)
    {
        var (words, splits) = (x[0].Texts, x[1].Longs);
        var (widths, padWidth, separator) = (node.Integers("ngram_widths"), node.Integer("pad_width"), node.Text("separator"));
        List<string> made = [];
        List<long> ends = [0];
        for (var i = 0; i + 1 < splits.Length; i++)
        {
            string[] row = words[(int)splits[i]..(int)splits[i + 1]];
            var before = made.Count;
            foreach (var width in widths)
            {
                var pad = (int)Math.Clamp(padWidth < 0 ? width - 1 : Math.Min(padWidth, width - 1), 0, 1000);
                string[] padded = [.. Enumerable.Repeat(node.Text("left_pad"), pad), .. row, .. Enumerable.Repeat(node.Text("right_pad"), pad)];
                for (var j = 0; j + width <= padded.Length; j++)
                {
                    made.Add(string.Join(separator, padded.Skip(j).Take((int)width)));
                }
            }

            if (made.Count == before && row.Length > 0 && node.Flag("preserve_short_sequences"))
            {
                made.Add(string.Join(separator, row));
            }

            ends.Add(made.Count);
        }

        return [HostTensor.Of([.. made], made.Count), HostTensor.Of(x[1].Type, [.. ends], ends.Count)];
    }
}
