using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>Gates z, r and a candidate; h = z·h + (1-z)·candidate. With <c>reset_after</c> the reset gate is applied after the product, with a bias of its own.</summary>
internal sealed class GruCell : Cell
{
    private readonly long units;
    private readonly bool resetsAfter;
    private readonly Weight kernel;
    private readonly Weight recurrent;
    private readonly Weight? bias;
    private readonly Activation activation;
    private readonly Activation gate;
    private Value? recurrentValue;
    private Value? recurrentBias;

    public GruCell(LayerConfig config)
        : base(config)
    {
        units = config.Integer("units");
        resetsAfter = config.Flag("reset_after", config.IsThird);
        kernel = Declare();
        recurrent = Declare();
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activate("activation", "tanh");
        gate = Activate("recurrent_activation", config.IsThird ? "sigmoid" : "hard_sigmoid");
    }

    public override IReadOnlyList<long[]> StatesOf(Value projected) => [[units]];

    public override Value Project(Lowering g, Value x)
    {
        var y = g.MatMul(x, Constant(g, kernel));
        if (bias is null)
        {
            return y;
        }

        var values = Constant(g, bias);
        return g.Plus(y, values.Rank == 2 ? g.Pick(values, 0, 0) : values);
    }

    public override void Prepare(Lowering g)
    {
        recurrentValue = Constant(g, recurrent);
        recurrentBias = bias is not null && Constant(g, bias) is { Rank: 2 } values ? g.Pick(values, 0, 1) : null;
    }

    public override (Value Output, IReadOnlyList<Value> States) Step(Lowering g, Value x, IReadOnlyList<Value> states)
    {
        var h = states[0];
        Value update, candidate;
        if (resetsAfter)
        {
            var inner = g.MatMul(h, recurrentValue!);
            inner = recurrentBias is null ? inner : g.Plus(inner, recurrentBias);
            update = gate.Apply(g, g.Plus(Part(g, x, 0, units), Part(g, inner, 0, units)));
            var reset = gate.Apply(g, g.Plus(Part(g, x, 1, units), Part(g, inner, 1, units)));
            candidate = activation.Apply(g, g.Plus(Part(g, x, 2, units), g.Times(reset, Part(g, inner, 2, units))));
        }
        else
        {
            update = gate.Apply(g, g.Plus(Part(g, x, 0, units), g.MatMul(h, Part(g, recurrentValue!, 0, units))));
            var reset = gate.Apply(g, g.Plus(Part(g, x, 1, units), g.MatMul(h, Part(g, recurrentValue!, 1, units))));
            candidate = activation.Apply(g, g.Plus(Part(g, x, 2, units), g.MatMul(g.Times(reset, h), Part(g, recurrentValue!, 2, units))));
        }

        var output = g.Plus(g.Times(update, h), g.Times(g.Minus(g.Scalar(1, h.Type), update), candidate));
        return (output, [output]);
    }
}
