using System.Globalization;
using Flama.Processing.Plans;
using Flama.Processing.Texts;

namespace Flama.Processing.Inputs;

/// <summary>Texts as the numbers of their tokens, with the mask and the types that a graph asks for.</summary>
internal sealed class TextInputs : InputPreparation
{
    private const string Mask = "attention_mask", Types = "token_type_ids";
    private const int UsualLength = 512;

    private readonly TextTokenizer tokenizer;
    private readonly TensorSpec[] graph;
    private readonly TextPlan plan;
    private readonly int maxLength;
    private readonly int maxBatch;
    private readonly int maxCharacters;
    private readonly bool padsToMax;

    private TextInputs(TextPlan plan, TextTokenizer tokenizer, TensorSpec[] graph, int maxLength, bool padsToMax, int maxBatch, int maxCharacters)
    {
        this.plan = plan;
        this.tokenizer = tokenizer;
        this.graph = graph;
        this.maxLength = maxLength;
        this.padsToMax = padsToMax;
        this.maxBatch = maxBatch;
        this.maxCharacters = maxCharacters;
    }

    /// <inheritdoc/>
    public override TensorSpec Spec { get; } = new("text", ElementType.String, null) { Content = InputContent.Text };

    /// <inheritdoc/>
    public override string Sample => "a";

    /// <summary>Checks a plan against the graph and reads the tokenizer.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="spec">What the graph takes.</param>
    /// <param name="source">The model, for the tokenizer's files.</param>
    /// <param name="maxCharacters">The most characters of a text.</param>
    /// <exception cref="FlamaException">It is for another model, or the tokenizer cannot be read.</exception>
    public static TextInputs Of(TextPlan plan, TensorsSpec spec, ModelSource source, int maxCharacters)
    {
        var ids = spec.Find(plan.Input) ?? throw plan.Source.Wrong("input", $"the model's input of tokens: {string.Join(", ", spec.Tensors.Select(tensor => $"'{tensor.Name}'"))}");
        foreach (var tensor in spec.Tensors)
        {
            var isKnown = (tensor == ids || tensor.Name is Mask or Types) && tensor.Structure == ArrayStructure.Tensor && tensor.Type is ElementType.Int64 or ElementType.Int32 && tensor.Shape is null or { Count: 2 };
            if (!isKnown && !tensor.IsOptional)
            {
                throw plan.Source.Unfit("input", $"is for models that take tokens, {Mask} and {Types} of int64 or int32 and two dimensions, and this one takes '{tensor}'");
            }
        }

        var fixedLength = ids.Shape?[1].Length;
        if (fixedLength is { } length && (length < 1 || length > TextPlan.LongestMax || (plan.MaxLength ?? length) != length || plan.PadsToMax == false))
        {
            throw plan.Source.Wrong(plan.MaxLength is null ? "padding" : "max_length", plan.PadsToMax == false ? "\"max_length\", since the model takes texts of one length" : $"{length}, the length that the model takes");
        }

        var read = TokenizerFiles.Read(plan, source);
        var most = plan.MaxLength ?? (int)(fixedLength ?? UsualLength);
        if (most <= read.Front.Count + read.Back.Count)
        {
            throw plan.Source.Unfit("max_length", "leaves no place for a token of the text");
        }

        return new(plan, read, [.. spec.Tensors.Where(tensor => tensor == ids || tensor.Name is Mask or Types)], most, plan.PadsToMax ?? fixedLength is not null, BatchOf(ids, plan.Source), maxCharacters);
    }

    /// <inheritdoc/>
    public override IEnumerable<PreparedBatch> Prepare(string?[] values, CancellationToken cancellationToken)
    {
        for (var first = 0; first < values.Length; first += maxBatch)
        {
            List<int[]> rows = [];
            for (var i = first; i < Math.Min(values.Length, first + maxBatch); i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(Encode(values, i));
            }

            yield return Take(rows);
        }
    }

    private int[] Encode(string?[] values, int index)
    {
        var text = values[index] ?? "";
        if (text.Length > maxCharacters)
        {
            throw new FlamaException(
                ErrorCodes.InputTooLarge, string.Create(CultureInfo.InvariantCulture, $"{NameOf(values, index)} has {text.Length} characters; at most {maxCharacters} are read."), "Send less at once.");
        }

        try
        {
            var found = tokenizer.Encode(text, maxLength, plan.Truncates);
            return found.Length > 0 ? found : throw new FlamaException([new InputProblem("text", "The text has no token.")], 1);
        }
        catch (FlamaException failure) when (values.Length > 1 && failure.Problems is [var problem])
        {
            throw new FlamaException([problem with { Message = string.Create(CultureInfo.InvariantCulture, $"Text {index}: {problem.Message}"), Row = index }], 1);
        }
    }

    private static string NameOf(string?[] values, int index) => values.Length == 1 ? "The text" : string.Create(CultureInfo.InvariantCulture, $"Text {index}");

    private PreparedBatch Take(List<int[]> rows)
    {
        var length = padsToMax ? maxLength : rows.Max(row => row.Length);
        var pad = rows.TrueForAll(row => row.Length == length) ? 0 : tokenizer.Pad ?? throw new FlamaException(
            ErrorCodes.InvalidProcessing, "Texts of different lengths cannot go through the model together: its tokenizer tells no token that fills up.", "Name one as 'pad_token' of processing.text.");
        var ids = new long[rows.Count * length];
        var mask = new long[ids.Length];
        Array.Fill(ids, pad);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var k = 0; k < rows[i].Length; k++)
            {
                (ids[(i * length) + k], mask[(i * length) + k]) = (rows[i][k], 1);
            }
        }

        var types = new long[ids.Length];
        return new(new(graph.Select(tensor => KeyValuePair.Create(tensor.Name, Make(tensor, tensor.Name switch { Mask => mask, Types => types, _ => ids }, rows.Count, length))).ToArray()), rows.Count, mask);
    }

    private static ModelTensor Make(TensorSpec tensor, long[] values, int rows, int length) => tensor.Type == ElementType.Int64
        ? ModelTensor.Of<long>(values, rows, length)
        : ModelTensor.Of<int>(Array.ConvertAll(values, static value => (int)value), rows, length);
}
