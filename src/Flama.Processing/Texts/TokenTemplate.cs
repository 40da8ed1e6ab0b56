using System.Text.Json;
using Flama.Processing.Plans;

namespace Flama.Processing.Texts;

/// <summary>Reads what stands in front of a text and behind it from the <c>post_processor</c> of <c>tokenizer.json</c>.</summary>
internal sealed class TokenTemplate(TextPlan plan, IReadOnlyDictionary<string, int> vocabulary)
{
    /// <summary>The numbers in front and behind; what the plan names wins.</summary>
    /// <param name="processor">The part; null for none.</param>
    public (int[] Front, int[] Back) Read(JsonElement? processor)
    {
        var (front, back) = processor is { } part ? Parts(part) : ([], []);
        return (
            plan.Front is { } first ? [TokenizerFiles.NumberOf(plan, "cls_token", first, vocabulary)] : front,
            plan.Back is { } last ? [TokenizerFiles.NumberOf(plan, "sep_token", last, vocabulary)] : back);
    }

    private (int[] Front, int[] Back) Parts(JsonElement part)
    {
        var kind = part.TryGetProperty("type", out var type) ? type.GetString() : null;
        switch (kind)
        {
            case "BertProcessing" or "RobertaProcessing":
                return ([part.GetProperty("cls")[1].GetInt32()], [part.GetProperty("sep")[1].GetInt32()]);
            case "ByteLevel":
                return ([], []);
            case "TemplateProcessing":
                return Template(part);
            case "Sequence":
                List<int> front = [], back = [];
                foreach (var step in part.GetProperty("processors").EnumerateArray())
                {
                    // One deeper at most: there is no need of more.
                    var (before, after) = step.TryGetProperty("type", out var inner) && inner.GetString() != "Sequence" ? Parts(step) : throw Unfit("Sequence in Sequence");
                    front.InsertRange(0, before);
                    back.AddRange(after);
                }

                return ([.. front], [.. back]);
            default:
                throw Unfit(kind ?? "?");
        }
    }

    private static (int[] Front, int[] Back) Template(JsonElement part)
    {
        List<int> front = [], back = [];
        var isBehind = false;
        foreach (var piece in part.GetProperty("single").EnumerateArray())
        {
            if (piece.TryGetProperty("Sequence", out _))
            {
                isBehind = true;
            }
            else if (piece.TryGetProperty("SpecialToken", out var token))
            {
                (isBehind ? back : front).AddRange(part.GetProperty("special_tokens").GetProperty(token.GetProperty("id").GetString()!).GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()));
            }
        }

        return ([.. front], [.. back]);
    }

    private FlamaException Unfit(string kind) => plan.Source.Unfit("tokenizer", $"names a file that has a post_processor of the kind '{SafeText.OneLine(kind, 60)}', which is not read");
}
