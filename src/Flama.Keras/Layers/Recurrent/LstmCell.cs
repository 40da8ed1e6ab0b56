using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>Gates i, f, c, o of x · kernel + h · recurrent kernel + bias; c = f·c + i·act(c'), h = o·act(c).</summary>
internal sealed class LstmCell : Cell
{
    private readonly long units;
    private readonly Weight kernel;
    private readonly Weight recurrent;
    private readonly Weight? bias;
    private readonly Activation activation;
    private readonly Activation gate;
    private Value? recurrentValue;

    public LstmCell(LayerConfig config)
        : base(config)
    {
        units = config.Integer("units");
        kernel = Declare();
        recurrent = Declare();
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activate("activation", "tanh");
        gate = Activate("recurrent_activation", config.IsThird ? "sigmoid" : "hard_sigmoid");
    }

    public override IReadOnlyList<long[]> StatesOf(Value projected) => [[units], [units]];

    public override Value Project(Lowering g, Value x)
    {
        var y = g.MatMul(x, Constant(g, kernel));
        return bias is null ? y : g.Plus(y, Constant(g, bias));
    }

    public override void Prepare(Lowering g) => recurrentValue = Constant(g, recurrent);

    public override (Value Output, IReadOnlyList<Value> States) Step(Lowering g, Value x, IReadOnlyList<Value> states)
    {
        var z = g.Plus(x, g.MatMul(states[0], recurrentValue!));
        var carry = g.Plus(g.Times(gate.Apply(g, Part(g, z, 1, units)), states[1]), g.Times(gate.Apply(g, Part(g, z, 0, units)), activation.Apply(g, Part(g, z, 2, units))));
        var output = g.Times(gate.Apply(g, Part(g, z, 3, units)), activation.Apply(g, carry));
        return (output, [output, carry]);
    }
}
