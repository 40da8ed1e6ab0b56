using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>A cell over the steps of a sequence. Steps that a mask leaves out keep states and repeat the last output; the mask may have holes.</summary>
internal sealed class RecurrentLayer : Layer
{
    private readonly Cell cell;

    public RecurrentLayer(LayerConfig config, Cell cell)
        : base(config)
    {
        if (config.Flag("time_major"))
        {
            throw KerasErrors.Unsupported(config.Name, "has time_major=True");
        }

        this.cell = Part("cell", cell);
        IsBackwards = config.Flag("go_backwards");
    }

    /// <summary>Whether steps go from the last to the first.</summary>
    public bool IsBackwards { get; set; }

    /// <summary>Whether steps that do not count answer 0, as in both directions together; else what the step before did.</summary>
    public bool ZeroesMasked { get; set; }

    /// <summary>Whether it answers each step.</summary>
    public bool ReturnsSequences => Config.Flag("return_sequences");

    /// <inheritdoc/>
    public override object Call(Lowering g, LayerCall call)
    {
        var given = call.Values(this);
        var states = given.Skip(1).ToList();
        if (states.Count == 0 && call.Keywords.GetValueOrDefault("initial_state") is { } initial)
        {
            states = initial is Value one ? [one] : initial is IReadOnlyList<object?> list ? [.. list.OfType<Value>()] : [];
        }

        var (output, after) = Run(g, given[0], call.Mask(given[0]), states);
        return Config.Flag("return_state") ? new List<object?>([output, .. after]) : output;
    }

    /// <summary>Writes it.</summary>
    public (Value Output, IReadOnlyList<Value> States) Run(Lowering g, Value input, Value? mask, IReadOnlyList<Value> initial)
    {
        var x = Computed(g, input);
        if (x.Rank < 3)
        {
            throw KerasErrors.Invalid($"layer '{Name}' takes sequences");
        }

        x = g.Transpose(x, [1, 0, .. Enumerable.Range(2, x.Rank - 2)]);
        x = IsBackwards ? g.Reverse(x, 0) : x;
        var steps = mask is null ? null : g.Transpose(g.Cast(mask, OnnxElementType.Boolean), 1, 0);
        steps = steps is not null && IsBackwards ? g.Reverse(steps, 0) : steps;
        var projected = cell.Project(g, x);
        cell.Prepare(g);
        var shapes = cell.StatesOf(projected);
        if (initial.Count != 0 && initial.Count != shapes.Count)
        {
            throw KerasErrors.Invalid($"layer '{Name}' has {shapes.Count} states and is given {initial.Count}");
        }

        List<Value> states = [.. shapes.Select((shape, i) => initial.Count > 0 ? Inward(g, Computed(g, initial[i])) : Zeros(g, input, shape, x.Type))];
        var (outputs, after) = Loop(g, projected, steps, states, input);
        var result = ReturnsSequences ? g.Transpose(outputs, [1, 0, .. Enumerable.Range(2, outputs.Rank - 2)]) : g.Pick(outputs, 0, -1);
        result = cell is ConvLstmCell conv ? conv.ToLast(g, result, ReturnsSequences ? 2 : 1) : result;
        after = cell is ConvLstmCell convolution ? [.. after.Select(state => convolution.ToLast(g, state, 1))] : after;
        return (result with { Mask = ReturnsSequences ? mask : null, Declared = Config.DeclaredType }, after);
    }

    private Value Inward(Lowering g, Value state) => cell is ConvLstmCell ? g.Transpose(state, [0, state.Rank - 1, .. Enumerable.Range(1, state.Rank - 2)]) : state;

    private static Value Zeros(Lowering g, Value batch, long[] shape, OnnxElementType type)
    {
        var known = shape.Contains(-1) ? throw KerasErrors.Invalid("states of a convolution need pictures of a fixed size") : shape;
        return g.Expand(g.Scalar(0, type), g.ShapeFrom([(batch.Shape[0], batch, 0), .. known.Select(length => (length, (Value?)null, 0))]), [batch.Shape[0], .. known]);
    }

    private (Value Outputs, IReadOnlyList<Value> States) Loop(Lowering g, Value x, Value? mask, List<Value> states, Value batch)
    {
        var zeroes = ZeroesMasked || Config.Flag("zero_output_for_mask");
        var body = g.Inner();
        List<Value> carried = [.. states.Select(state => body.Parameter(state.Type, state.Shape))];
        var keepsOutput = mask is not null && !zeroes;
        var outputShape = keepsOutput ? OutputOf(states) : null;
        var lastOutput = keepsOutput ? body.Parameter(x.Type, outputShape!) : null;
        var step = body.Parameter(x.Type, x.Shape[1..]);
        var counts = mask is null ? null : body.Parameter(OnnxElementType.Boolean, mask.Shape[1..]);
        var (output, after) = cell.Step(body, step, carried);
        if (counts is not null)
        {
            output = body.Where(Spread(body, counts, output.Rank), output, lastOutput ?? body.Scalar(0, output.Type));
            after = [.. after.Select((state, i) => body.Where(Spread(body, counts, state.Rank), state, carried[i]))];
        }

        foreach (var state in after)
        {
            body.Result(state);
        }

        if (keepsOutput)
        {
            body.Result(output);
        }

        body.Result(output);
        List<Value?> inputs = [.. states];
        List<(OnnxElementType, long[])> outputs = [.. states.Select(state => (state.Type, state.Shape))];
        if (keepsOutput)
        {
            inputs.Add(Zeros(g, batch, outputShape![1..], x.Type));
            outputs.Add((x.Type, outputShape));
        }

        inputs.Add(x);
        if (mask is not null)
        {
            inputs.Add(mask);
        }

        outputs.Add((output.Type, [x.Shape[0], .. output.Shape]));
        var made = g.AddAll("Scan", inputs, outputs, OnnxAttribute.Of("body", body.Builder.Graph), OnnxAttribute.Of("num_scan_inputs", mask is null ? 1L : 2L));
        return (made[^1], made[..states.Count]);
    }

    // The output has the shape of the first state of the last cell.
    private long[] OutputOf(List<Value> states) => cell is StackedCells stacked ? stacked.OutputOf(states) : states[0].Shape;

    private static Value Spread(Lowering g, Value mask, int rank) => rank > 1 ? g.Unsqueeze(mask, [.. Enumerable.Range(1, rank - 1).Select(axis => (long)axis)]) : mask;
}
