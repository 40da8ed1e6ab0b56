using Flama.Processing.Plans;

namespace Flama.Processing.Outputs;

/// <summary>Makes the answer of an output of the graph. Immutable and thread-safe.</summary>
internal sealed class OutputSteps
{
    private const string LabelsName = "labels", ScoresName = "scores";

    private readonly OutputPlan? plan;
    private readonly string? name;
    private readonly string[]? labels;

    private OutputSteps(OutputPlan? plan, string? name, string[]? labels, IReadOnlyList<OutputSpec> specs)
    {
        this.plan = plan;
        this.name = name;
        this.labels = labels;
        Specs = [.. specs.Select(spec => spec with { IsAloneForOne = true })];
    }

    /// <summary>What is answered.</summary>
    public IReadOnlyList<OutputSpec> Specs { get; }

    /// <summary>Whether classes have labels.</summary>
    public bool HasLabels => labels is not null;

    /// <summary>Checks a plan against what the graph answers.</summary>
    /// <param name="plan">The plan; null for the graph's outputs as they are.</param>
    /// <param name="method">The graph.</param>
    /// <param name="source">The model, for the files of labels.</param>
    /// <param name="hasTokens">Whether the input is text, whose tokens can be pooled.</param>
    /// <exception cref="FlamaException">It is for another model.</exception>
    public static OutputSteps Of(OutputPlan? plan, ModelMethod method, ModelSource source, bool hasTokens)
    {
        if (plan is null || (plan.IsEmpty && plan.Name is null))
        {
            return new(null, null, null, method.Outputs);
        }

        var names = string.Join(", ", method.Outputs.Select(one => $"'{one.Name}'"));
        var output = plan.Name is null
            ? method.Outputs is [var only] ? only : throw plan.Source.Wrong("name", $"which output it is for: {names}")
            : method.Outputs.FirstOrDefault(one => string.Equals(one.Name, plan.Name, StringComparison.Ordinal)) ?? throw plan.Source.Wrong("name", $"one of the model's outputs: {names}");
        if (plan.IsEmpty)
        {
            return new(plan, method.Outputs.Count == 1 ? null : output.Name, null, [output]);
        }

        if (output.Structure != ArrayStructure.Tensor || !ElementTypes.IsFloat(output.Type) || output.Shape is { Count: 0 })
        {
            throw plan.Source.Unfit("name", $"is '{output.Name}' of {ElementTypes.NameOf(output.Type)}, and steps are for tensors of floats");
        }

        if (plan.Pooling is not null && (!hasTokens || output.Shape is { Count: not 3 }))
        {
            throw plan.Source.Unfit("pooling", "is for texts and an output of [batch, tokens, elements]");
        }

        var found = Labels.Read(plan.Source, source);
        var shape = ShapeOf(plan, output);
        return new(plan, method.Outputs.Count == 1 ? null : output.Name, found, SpecsOf(plan, output, found, shape));
    }

    /// <summary>Makes the answer of one run of the graph, whose arrays keep the batch.</summary>
    /// <param name="output">What the graph answered; stays the caller's.</param>
    /// <param name="count">How many examples went in.</param>
    /// <param name="mask">The attention mask of texts, [examples, tokens]; empty for pictures.</param>
    public ModelTensor[] Apply(ModelOutput output, int count, ReadOnlySpan<long> mask)
    {
        if (plan is null || plan.IsEmpty)
        {
            var all = name is null ? Enumerable.Range(0, output.Count).Select(i => output[i]) : [output.Find(name)!];
            return [.. all.Select(array => Copy(Checked(array, count)))];
        }

        var scores = ScoreArray.Of(Checked(name is null ? output.First : output.Find(name)!, count));
        if (plan.Pooling is { } pooling)
        {
            TokenPooling.Apply(pooling, scores, mask);
        }

        if (plan.Squeezes)
        {
            scores.Squeeze();
        }

        if (plan.Normalizes)
        {
            Activations.Normalize(scores);
        }

        if (plan.Activation is { } activation)
        {
            Activations.Apply(activation, scores);
        }

        return Answer(scores);
    }

    private ModelTensor[] Answer(ScoreArray scores)
    {
        if (labels is not null && scores.Width != labels.Length)
        {
            throw plan!.Source.Unfit("labels", $"has {labels.Length} labels, and the model answers {scores.Width} classes");
        }

        if (plan!.IsArgmax)
        {
            var largest = TopClasses.Find(scores, 1);
            return [ClassesOf(largest, scores.Shape[..^1])];
        }

        if (plan.TopK is { } k)
        {
            k = Math.Min(k, scores.Width);
            var largest = TopClasses.Find(scores, k);
            long[] shape = [.. scores.Shape[..^1], k];
            var values = new float[largest.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = scores.Row(i / k)[largest[i]];
            }

            return [ClassesOf(largest, shape), Make<float>(values, shape)];
        }

        return [Make<float>(scores.Values, scores.Shape)];
    }

    private ModelTensor ClassesOf(int[] classes, long[] shape)
    {
        if (labels is not null)
        {
            return ModelTensor.OfTexts([.. classes.Select(one => labels[one])], [classes.Length]).Reshape(shape);
        }

        return Make<long>([.. classes.Select(one => (long)one)], shape);
    }

    private static ModelTensor Make<T>(ReadOnlySpan<T> values, long[] shape)
        where T : unmanaged => ModelTensor.Of(values, [values.Length]).Reshape(shape);

    private static ModelTensor Copy(ModelTensor tensor)
    {
        var made = ModelTensor.Rent(tensor.Type, [.. tensor.Shape]);
        if (tensor.Type == ElementType.String)
        {
            tensor.Texts.CopyTo(made.WritableTexts);
        }
        else
        {
            tensor.Bytes.CopyTo(made.WritableBytes);
        }

        return made;
    }

    private static ModelTensor Checked(ModelArray array, int count) => array is ModelTensor { Shape: [var rows, ..] } tensor && rows == count
        ? tensor
        : throw new FlamaException(
            ErrorCodes.InvalidModel, $"The model answered [{string.Join(", ", array.Shape)}] for {count} examples.", "Use the method 'infer', which answers what the graph does.");

    private static IReadOnlyList<Dimension>? ShapeOf(OutputPlan plan, OutputSpec output)
    {
        IEnumerable<Dimension>? shape = output.Shape;
        shape = plan.Pooling is not null && output.Shape is not null ? [output.Shape[0], output.Shape[2]] : shape;
        shape = plan.Squeezes ? shape?.All(one => one.Length is not null || one == shape.First()) == true ? [shape.First(), .. shape.Skip(1).Where(one => one.Length != 1)] : null : shape;
        return shape is null ? null : [Dimension.Rows, .. shape.Skip(1)];
    }

    private static OutputSpec[] SpecsOf(OutputPlan plan, OutputSpec output, string[]? labels, IReadOnlyList<Dimension>? shape)
    {
        LabelSet? set = labels is null ? null : new(labels.Select(Scalar.Of));
        var classes = new OutputSpec(plan.IsArgmax ? output.Name : LabelsName, labels is null ? ElementType.Int64 : ElementType.String, shape is null ? null : [.. shape.SkipLast(1)])
        {
            Labels = set is null ? [] : [set],
        };
        if (plan.IsArgmax)
        {
            return [classes];
        }

        if (plan.TopK is { } top)
        {
            var k = shape is [.., { Length: { } width }] ? Math.Min(top, width) : labels is null ? Dimension.Any : Math.Min(top, labels.Length);
            return
            [
                classes with { Shape = shape is null ? null : [.. shape.SkipLast(1), k] },
                new(ScoresName, ElementType.Float32, shape is null ? null : [.. shape.SkipLast(1), k]),
            ];
        }

        return [output with { Type = ElementType.Float32, Shape = shape, Columns = shape is { Count: 2 } ? set : null }];
    }
}
