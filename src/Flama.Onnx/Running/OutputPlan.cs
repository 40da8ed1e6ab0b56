namespace Flama.Onnx.Running;

/// <summary>Finds, from the shapes of a call's inputs, those of its outputs, so that ONNX Runtime writes right into the answer.</summary>
/// <remarks>Only where a graph tells a shape of an output by fixed lengths and names of lengths of its inputs. Thread-safe.</remarks>
internal sealed class OutputPlan
{
    // Smaller answers are copied: that costs less than what binding them does when a graph's shapes are not right.
    private const long Bound = 16 * 1024;

    private readonly IReadOnlyList<OutputSpec> outputs;
    private readonly Source[]?[] shapes;

    public OutputPlan(IReadOnlyList<TensorSpec> inputs, IReadOnlyList<OutputSpec> outputs)
    {
        this.outputs = outputs;
        shapes = [.. outputs.Select(output => SourcesOf(output, inputs))];
        CanBind = shapes.Any(shape => shape is not null);
    }

    /// <summary>Whether the shape of any output can be found.</summary>
    public bool CanBind { get; }

    /// <summary>The type of an output's elements.</summary>
    public ElementType TypeOf(int output) => outputs[output].Type;

    /// <summary>Makes tensors for the outputs whose shapes are known and that are large; leaves null for others.</summary>
    public void Prepare(ReadOnlySpan<ModelArray?> inputs, Span<ModelArray> results)
    {
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = shapes[i] is { } sources ? Prepare(inputs, sources, outputs[i].Type)! : null!;
        }
    }

    private static ModelTensor? Prepare(ReadOnlySpan<ModelArray?> inputs, Source[] sources, ElementType type)
    {
        var bytes = (Int128)ElementTypes.SizeOf(type);
        foreach (var source in sources)
        {
            bytes *= source.LengthIn(inputs);
            if (bytes > Array.MaxLength)
            {
                return null;
            }
        }

        if (bytes < Bound)
        {
            return null;
        }

        var shape = new long[sources.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = sources[i].LengthIn(inputs);
        }

        return ModelTensor.Adopt(type, shape, BufferPool<byte>.Rent((int)bytes));
    }

    private static Source[]? SourcesOf(OutputSpec output, IReadOnlyList<TensorSpec> inputs)
    {
        if (output.Shape is not { } shape || output.Structure != ArrayStructure.Tensor || output.IsOptional || ElementTypes.SizeOf(output.Type) == 0)
        {
            return null;
        }

        var sources = new Source[shape.Count];
        for (var i = 0; i < sources.Length; i++)
        {
            if ((shape[i].Length is { } length ? new Source(length, 0, 0) : Find(shape[i].Symbol, inputs)) is not { } found)
            {
                return null;
            }

            sources[i] = found;
        }

        return sources;
    }

    private static Source? Find(string? symbol, IReadOnlyList<TensorSpec> inputs)
    {
        for (var i = 0; symbol is not null && i < inputs.Count; i++)
        {
            for (var j = 0; inputs[i] is { Structure: ArrayStructure.Tensor, IsOptional: false, Shape: { } shape } && j < shape.Count; j++)
            {
                if (string.Equals(shape[j].Symbol, symbol, StringComparison.Ordinal))
                {
                    return new(-1, i, j);
                }
            }
        }

        return null;
    }

    private readonly record struct Source(long Fixed, int Input, int Dimension)
    {
        public long LengthIn(ReadOnlySpan<ModelArray?> inputs) => Fixed >= 0 ? Fixed : ((ModelTensor)inputs[Input]!).LengthOf(Dimension);
    }
}
