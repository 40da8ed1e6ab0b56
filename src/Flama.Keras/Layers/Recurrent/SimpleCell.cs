using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>h = act(x · kernel + bias + h · recurrent kernel).</summary>
internal sealed class SimpleCell : Cell
{
    private readonly long units;
    private readonly Weight kernel;
    private readonly Weight recurrent;
    private readonly Weight? bias;
    private readonly Activation activation;
    private Value? recurrentValue;

    public SimpleCell(LayerConfig config)
        : base(config)
    {
        units = config.Integer("units");
        kernel = Declare();
        recurrent = Declare();
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activate("activation", "tanh");
    }

    public override IReadOnlyList<long[]> StatesOf(Value projected) => [[units]];

    public override Value Project(Lowering g, Value x)
    {
        var y = g.MatMul(x, Constant(g, kernel));
        return bias is null ? y : g.Plus(y, Constant(g, bias));
    }

    public override void Prepare(Lowering g) => recurrentValue = Constant(g, recurrent);

    public override (Value Output, IReadOnlyList<Value> States) Step(Lowering g, Value x, IReadOnlyList<Value> states)
    {
        var output = activation.Apply(g, g.Plus(x, g.MatMul(states[0], recurrentValue!)));
        return (output, [output]);
    }
}
