using Flama.Onnx.Graphs;

namespace Flama.Onnx.Repairs;

/// <summary>Inputs of an operator that its kernel does not look at before it reads them. Immutable.</summary>
/// <param name="First">The place of the first such input.</param>
/// <param name="Last">The place of the last.</param>
/// <param name="HasLengths">Whether no length may be 0.</param>
/// <param name="Rank">How many dimensions there have to be; 0 where any number is looked at.</param>
internal sealed record GuardedInput(int First, int Last, bool HasLengths, int Rank)
{
    private static readonly Dictionary<string, GuardedInput[]> All = new(StringComparer.Ordinal)
    {
        ["ConvInteger"] = [new(0, 0, false, 2), new(1, 1, false, 1)],
        ["ConvTranspose"] = [new(0, 0, true, 0)],
        ["DFT"] = [new(0, 0, false, 1)],
        ["Einsum"] = [new(0, int.MaxValue, true, 1)],
        ["FeatureVectorizer"] = [new(0, int.MaxValue, true, 0)],
        ["GRU"] = [new(0, 0, true, 0)],
        ["LSTM"] = [new(0, 0, true, 0)],
        ["Loop"] = [new(0, 1, true, 0)],
        ["QLinearConv"] = [new(0, 0, false, 1), new(3, 3, false, 1)],
        ["ReverseSequence"] = [new(0, 0, false, 2)],
        ["RoiAlign"] = [new(0, 0, false, 4) { IsAlways = true }, new(1, 1, false, 2) { IsAlways = true }, new(2, 2, false, 1) { IsAlways = true }],
        ["STFT"] = [new(0, 0, false, 2), new(1, 1, true, 0)],
        ["SequenceAt"] = [new(1, 1, true, 0)],
        ["SequenceErase"] = [new(1, 1, true, 0)],
        ["SequenceInsert"] = [new(2, 2, true, 0)],
        ["Unique"] = [new(0, 0, true, 0)],
    };

    /// <summary>Whether the number of dimensions is checked where the graph's inputs have theirs, too.</summary>
    public bool IsAlways { get; init; }

    /// <summary>What to guard of a node.</summary>
    public static IReadOnlyList<GuardedInput> Of(OnnxNode node) =>
        node.OperatorType == "Unique" && node.Find("axis") is null ? [] : Of(node.OperatorType);

    /// <summary>What to guard of an operator.</summary>
    public static IReadOnlyList<GuardedInput> Of(string type) => All.GetValueOrDefault(type) ?? [];

    /// <summary>How many dimensions an input has to have, 0 for any.</summary>
    public int RankIn(OnnxNode node, int input)
    {
        if (node.OperatorType != "Einsum")
        {
            return Rank;
        }

        // "ij,jk->ik": a letter a dimension. Dots stand for any number, which the kernel looks at.
        var terms = (node.Find("equation")?.ReadText() ?? "").Split("->")[0].Split(',');
        return input < terms.Length ? terms[input].Count(char.IsLetter) : 0;
    }
}
