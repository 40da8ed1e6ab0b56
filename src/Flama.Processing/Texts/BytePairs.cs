using System.Text.Json;
using System.Text.RegularExpressions;
using Flama.Processing.Plans;
using Microsoft.ML.Tokenizers;

namespace Flama.Processing.Texts;

/// <summary>Makes byte-level BPE tokenizers: those of GPT-2, RoBERTa, Llama 3 and Qwen 2.</summary>
internal static partial class BytePairs
{
    private const int MatchTimeout = 10_000;

    // Only these are split by, since an expression of a file could take any time.
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Llama3 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Qwen2 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The tokenizer of <c>vocab.json</c> and <c>merges.txt</c>; nothing stands in front or behind but what the plan names.</summary>
    public static TextTokenizer OfFiles(TextPlan plan, JsonElement vocabulary, IReadOnlyList<string> merges)
    {
        var numbers = Vocabulary(plan, vocabulary);
        return new(new LibraryEncoder(Make(numbers, merges.Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)), Gpt2Pattern(), new Dictionary<string, int>(StringComparer.Ordinal))))
        {
            Front = plan is { AddsSpecialTokens: true, Front: { } front } ? [TokenizerFiles.NumberOf(plan, "cls_token", front, numbers)] : [],
            Back = plan is { AddsSpecialTokens: true, Back: { } back } ? [TokenizerFiles.NumberOf(plan, "sep_token", back, numbers)] : [],
            Pad = plan.Pad is { } pad ? TokenizerFiles.NumberOf(plan, "pad_token", pad, numbers) : numbers.TryGetValue("<pad>", out var usual) ? usual : null,
        };
    }

    /// <summary>The tokenizer without what stands in front and behind.</summary>
    public static BpeTokenizer Make(IReadOnlyDictionary<string, int> vocabulary, IEnumerable<string> merges, Regex pattern, IReadOnlyDictionary<string, int> special) =>
        BpeTokenizer.Create(new BpeOptions(vocabulary) { Merges = merges, ByteLevel = true, SpecialTokens = special, PreTokenizer = new RegexPreTokenizer(pattern, special) });

    /// <summary>The expression by which words are found; null where it is not one of those that are known.</summary>
    /// <param name="pattern">The expression of the file; null for that of GPT-2.</param>
    public static Regex? PatternOf(string? pattern) => pattern switch
    {
        null or Gpt2 => Gpt2Pattern(),
        Llama3 => Llama3Pattern(),
        Qwen2 => Qwen2Pattern(),
        _ => null,
    };

    /// <summary>Reads an object of numbers by token.</summary>
    public static Dictionary<string, int> Vocabulary(TextPlan plan, JsonElement vocabulary)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        foreach (var member in vocabulary.ValueKind == JsonValueKind.Object ? vocabulary.EnumerateObject() : throw plan.Source.Unfit("tokenizer", "names a vocabulary that is not an object"))
        {
            numbers[member.Name] = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number) && number >= 0
                ? number
                : throw plan.Source.Unfit("tokenizer", $"names a vocabulary whose '{SafeText.OneLine(member.Name, 60)}' has no number");
        }

        return numbers;
    }

    [GeneratedRegex(Gpt2, RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Gpt2Pattern();

    [GeneratedRegex(Llama3, RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Llama3Pattern();

    [GeneratedRegex(Qwen2, RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Qwen2Pattern();
}
