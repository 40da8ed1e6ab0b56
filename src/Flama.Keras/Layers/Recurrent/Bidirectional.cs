using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>A recurrent layer in both directions; the answers are joined, added, multiplied, averaged, or stay two.</summary>
internal sealed class Bidirectional : Layer
{
    private readonly RecurrentLayer forward;
    private readonly RecurrentLayer backward;

    public Bidirectional(LayerConfig config)
        : base(config)
    {
        forward = Part("forward_layer", One(config, "layer"));
        backward = Part("backward_layer", One(config, config.Has("backward_layer") ? "backward_layer" : "layer"));
        backward.IsBackwards = !forward.IsBackwards;
        forward.ZeroesMasked = backward.ZeroesMasked = forward.ReturnsSequences;
    }

    public override object Call(Lowering g, LayerCall call)
    {
        var given = call.Values(this);
        var x = given[0];
        var mask = call.Mask(x);
        var states = given.Skip(1).ToList();
        if (states.Count == 0 && call.Keywords.GetValueOrDefault("initial_state") is IReadOnlyList<object?> list)
        {
            states = [.. list.OfType<Value>()];
        }

        var half = states.Count / 2;
        var (there, thereStates) = forward.Run(g, x, mask, states[..half]);
        var (back, backStates) = backward.Run(g, x, mask, states[half..]);
        var sequences = forward.ReturnsSequences;
        back = sequences ? g.Reverse(back, 1) : back;
        Value Answer(Value value) => value with { Mask = sequences ? mask : null, Declared = Config.DeclaredType };
        object merged = Config.Text("merge_mode") switch
        {
            "concat" => Answer(g.Concat([there, back], -1)),
            "sum" => Answer(g.Plus(there, back)),
            "ave" => Answer(g.Times(g.Plus(there, back), 0.5)),
            "mul" => Answer(g.Times(there, back)),
            null => new List<object?> { Answer(there), Answer(back) },
            _ => throw Config.Missing("merge_mode"),
        };
        return forward.Config.Flag("return_state")
            ? new List<object?>([.. merged is List<object?> two ? two : [merged], .. thereStates, .. backStates])
            : merged;
    }

    private static RecurrentLayer One(LayerConfig config, string member) =>
        LayerFactory.Inside(config, member) as RecurrentLayer ?? throw KerasErrors.Unsupported(config.Name, "wraps a layer that is not recurrent");
}
