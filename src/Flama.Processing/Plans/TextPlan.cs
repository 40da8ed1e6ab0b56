using System.Text.Json;

namespace Flama.Processing.Plans;

/// <summary>How texts become numbers of tokens: <c>processing.text</c>. Immutable.</summary>
internal sealed record TextPlan
{
    /// <summary>The most tokens of a text.</summary>
    public const int LongestMax = 1 << 17;

    /// <summary>The object, for messages.</summary>
    public required PlanObject Source { get; init; }

    /// <summary>The graph's input of the tokens' numbers.</summary>
    public required string Input { get; init; }

    /// <summary>The files of the tokenizer; empty for those that are called as usual.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The most tokens, those in front and behind included; null for what the graph fixes, else 512.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether texts are filled up to the most tokens, and not to those of the longest of a batch.</summary>
    public bool? PadsToMax { get; init; }

    /// <summary>Whether longer texts are cut; otherwise they are refused.</summary>
    public bool Truncates { get; init; }

    /// <summary>Whether there are tokens in front and behind.</summary>
    public bool AddsSpecialTokens { get; init; }

    /// <summary>Whether a vocabulary alone is of small letters.</summary>
    public bool Lowers { get; init; }

    /// <summary>The token in front; null for that of the tokenizer.</summary>
    public string? Front { get; init; }

    /// <summary>The token behind; null for that of the tokenizer.</summary>
    public string? Back { get; init; }

    /// <summary>What fills up; null for that of the tokenizer.</summary>
    public string? Pad { get; init; }

    public static TextPlan Read(PlanObject plan)
    {
        plan.CheckKeys("input", "tokenizer", "max_length", "padding", "truncation", "add_special_tokens", "do_lower_case", "cls_token", "sep_token", "pad_token");
        return new()
        {
            Source = plan,
            Input = plan.Text("input") ?? "input_ids",
            Files = FilesOf(plan),
            MaxLength = plan.Count("max_length", LongestMax),
            PadsToMax = plan.Choice("padding", ("longest", false), ("max_length", true)),
            Truncates = plan.Flag("truncation") ?? true,
            AddsSpecialTokens = plan.Flag("add_special_tokens") ?? true,
            Lowers = plan.Flag("do_lower_case") ?? true,
            Front = plan.Text("cls_token"),
            Back = plan.Text("sep_token"),
            Pad = plan.Text("pad_token"),
        };
    }

    private static string[] FilesOf(PlanObject plan) => plan.Value("tokenizer") switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 2 && list.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String) => [list[0].GetString()!, list[1].GetString()!],
        { ValueKind: JsonValueKind.String } => [plan.Text("tokenizer")!],
        _ => throw plan.Wrong("tokenizer", "the name of a file, or of a vocabulary and of its merges"),
    };
}
