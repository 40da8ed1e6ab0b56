using System.Text.Json;
using System.Text.RegularExpressions;
using Flama.Processing.Plans;

namespace Flama.Processing.Texts;

/// <summary>Reads <c>tokenizer.json</c> of Hugging Face: models WordPiece and byte-level BPE with the parts that go with them. Whatever else it has is refused by name.</summary>
internal sealed class TokenizerDocument(TextPlan plan, JsonElement document)
{
    /// <summary>Reads the tokenizer.</summary>
    /// <exception cref="FlamaException">A part is missing, or of a kind that is not read.</exception>
    public TextTokenizer Read()
    {
        var model = Part(document, "model") ?? throw Unfit("has no model");
        var kind = Text(model, "type") ?? (model.TryGetProperty("merges", out _) ? "BPE" : "?");
        var (vocabulary, isBytes) = kind switch
        {
            "WordPiece" => (BytePairs.Vocabulary(plan, model.GetProperty("vocab")), false),
            "BPE" => (BytePairs.Vocabulary(plan, model.GetProperty("vocab")), true),
            _ => throw Unfit($"has a model of the kind '{SafeText.OneLine(kind, 60)}'; WordPiece and BPE are read from it, and SentencePiece from its .model file"),
        };
        var special = AddedTokens(vocabulary);
        return isBytes ? OfBytes(model, vocabulary, special) : OfWords(model, vocabulary, special);
    }

    private TextTokenizer OfWords(JsonElement model, Dictionary<string, int> vocabulary, Dictionary<string, int> special)
    {
        CheckKind("pre_tokenizer", Part(document, "pre_tokenizer"), "BertPreTokenizer");
        if (Text(model, "continuing_subword_prefix") is not (null or "##"))
        {
            throw Unfit("has another prefix of pieces than '##'");
        }

        var normalizer = Part(document, "normalizer");
        CheckKind("normalizer", normalizer, "BertNormalizer");
        var lowers = Flag(normalizer, "lowercase") ?? true;
        if (!vocabulary.ContainsKey("[UNK]") || Text(model, "unk_token") is not (null or "[UNK]"))
        {
            throw Unfit("has another unknown token than [UNK]");
        }

        BertWords words = new(lowers, Flag(normalizer, "strip_accents") ?? lowers, Flag(normalizer, "handle_chinese_chars") ?? true, Flag(normalizer, "clean_text") ?? true);
        return With(new(new WordPieceEncoder(vocabulary, special, words)), vocabulary, prefixSpace: false);
    }

    private TextTokenizer OfBytes(JsonElement model, Dictionary<string, int> vocabulary, Dictionary<string, int> special)
    {
        if (Part(document, "normalizer") is { } other)
        {
            throw Unfit($"has a normalizer of the kind '{SafeText.OneLine(Text(other, "type") ?? "?", 60)}', which is not read with BPE");
        }

        var (pattern, prefixSpace) = Words();
        var merges = model.GetProperty("merges").EnumerateArray().Select(merge => merge.ValueKind == JsonValueKind.Array ? $"{merge[0].GetString()} {merge[1].GetString()}" : merge.GetString()!);
        return With(new(new LibraryEncoder(BytePairs.Make(vocabulary, merges, pattern, special))), vocabulary, prefixSpace);
    }

    // ByteLevel, or a Split by a known expression before it.
    private (Regex Pattern, bool PrefixSpace) Words()
    {
        var part = Part(document, "pre_tokenizer") ?? throw Unfit("has no pre_tokenizer");
        JsonElement[] steps = Text(part, "type") == "Sequence" && part.TryGetProperty("pretokenizers", out var list) ? [.. list.EnumerateArray()] : [part];
        if (Text(steps[^1], "type") != "ByteLevel" || steps.Length > 2 || (steps.Length == 2 && Text(steps[0], "type") != "Split"))
        {
            throw Unfit($"has a pre_tokenizer of the kind '{SafeText.OneLine(string.Join(", ", steps.Select(step => Text(step, "type") ?? "?")), 60)}', and BPE is read with ByteLevel");
        }

        string? expression = null;
        if (steps.Length == 2)
        {
            expression = Part(steps[0], "pattern") is { } given ? Text(given, "Regex") ?? "?" : "?";
        }

        return (BytePairs.PatternOf(expression) ?? throw Unfit("splits by an expression that is not known"), Flag(steps[^1], "add_prefix_space") ?? true);
    }

    private TextTokenizer With(TextTokenizer made, Dictionary<string, int> vocabulary, bool prefixSpace)
    {
        var (front, back) = plan.AddsSpecialTokens ? new TokenTemplate(plan, vocabulary).Read(Part(document, "post_processor")) : ([], []);
        int? pad = plan.Pad is { } token ? TokenizerFiles.NumberOf(plan, "pad_token", token, vocabulary)
            : Part(document, "padding") is { } padding && padding.TryGetProperty("pad_id", out var id) && id.TryGetInt32(out var number) ? number
            : vocabulary.TryGetValue("[PAD]", out var usual) || vocabulary.TryGetValue("<pad>", out usual) ? usual : null;
        return made.With(front, back, pad, prefixSpace);
    }

    private Dictionary<string, int> AddedTokens(Dictionary<string, int> vocabulary)
    {
        Dictionary<string, int> added = new(StringComparer.Ordinal);
        foreach (var token in document.TryGetProperty("added_tokens", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToArray() : [])
        {
            added[token.GetProperty("content").GetString()!] = vocabulary[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt32();
        }

        return added;
    }

    private void CheckKind(string part, JsonElement? element, string expected)
    {
        if (element is not { } found || Text(found, "type") != expected)
        {
            throw Unfit($"has a {part} of the kind '{SafeText.OneLine(element is { } other ? Text(other, "type") ?? "?" : "none", 60)}', and WordPiece is read with {expected}");
        }
    }

    private FlamaException Unfit(string what) => plan.Source.Unfit("tokenizer", $"names a file that {what}");

    private static JsonElement? Part(JsonElement parent, string name) => parent.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement? parent, string name) =>
        parent is { } found && found.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
