using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;
using Flama.Keras.Layers.Convolution;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>An LSTM whose products are convolutions; that of the state has step 1 and keeps the size.</summary>
internal sealed class ConvLstmCell : Cell
{
    private readonly Windows windows;
    private readonly long filters;
    private readonly Weight kernel;
    private readonly Weight recurrent;
    private readonly Weight? bias;
    private readonly Activation activation;
    private readonly Activation gate;
    private Value? recurrentValue;

    public ConvLstmCell(LayerConfig config, int rank)
        : base(config)
    {
        if (config.Text("data_format") == "channels_first")
        {
            throw KerasErrors.Unsupported(config.Name, "is a ConvLSTM with channels first");
        }

        windows = new(config, rank, "kernel_size");
        filters = config.Integer("filters");
        kernel = Declare();
        recurrent = Declare();
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activate("activation", "tanh");
        gate = Activate("recurrent_activation", config.IsThird ? "sigmoid" : "hard_sigmoid");
    }

    // Channels are in front inside of the loop.
    public override IReadOnlyList<long[]> StatesOf(Value projected) => [[filters, .. projected.Shape[3..]], [filters, .. projected.Shape[3..]]];

    public override Value Project(Lowering g, Value x)
    {
        if (x.Rank != windows.Rank + 3)
        {
            throw KerasErrors.Invalid($"layer '{Name}' takes {windows.Rank + 3} dimensions");
        }

        List<(long, Value?, int)> joined = [(-1, null, 0), .. Enumerable.Range(2, x.Rank - 2).Select(i => (x.Shape[i], (Value?)x, i))];
        var frames = windows.ToFirst(g, g.ReshapeTo(x, g.ShapeFrom(joined, flexible: 0), [-1, .. x.Shape[2..]]));
        var weights = KernelOrder.OutFirst(g, Constant(g, kernel), windows.Rank);
        var y = g.Add("Conv", x.Type, [-1, weights.Shape[0], .. windows.LengthsOf(frames)], [frames, weights, bias is null ? null : Constant(g, bias)], windows.Attributes(frames));
        List<(long, Value?, int)> parted = [(x.Shape[0], x, 0), (x.Shape[1], x, 1), .. Enumerable.Range(1, y.Rank - 1).Select(i => (y.Shape[i], (Value?)y, i))];
        return g.ReshapeTo(y, g.ShapeFrom(parted), [.. parted.Select(length => length.Item1)]);
    }

    public override void Prepare(Lowering g) => recurrentValue = KernelOrder.OutFirst(g, Constant(g, recurrent), windows.Rank);

    public override (Value Output, IReadOnlyList<Value> States) Step(Lowering g, Value x, IReadOnlyList<Value> states)
    {
        long[] pads = [.. windows.Sizes.Select(size => (size - 1) / 2), .. windows.Sizes.Select(size => size - 1 - ((size - 1) / 2))];
        var inner = g.Add("Conv", x.Type, x.Shape, [states[0], recurrentValue], OnnxAttribute.Of("kernel_shape", windows.Sizes), OnnxAttribute.Of("pads", pads));
        var z = g.Plus(x, inner);
        Value Gate(int part) => g.Slice(z, 1, part * filters, (part + 1) * filters);
        var carry = g.Plus(g.Times(gate.Apply(g, Gate(1)), states[1]), g.Times(gate.Apply(g, Gate(0)), activation.Apply(g, Gate(2))));
        var output = g.Times(gate.Apply(g, Gate(3)), activation.Apply(g, carry));
        return (output, [output, carry]);
    }

    /// <summary>Channels back to the end, of a value whose first dimensions are given.</summary>
    public Value ToLast(Lowering g, Value y, int before) =>
        g.Transpose(y, [.. Enumerable.Range(0, before), .. Enumerable.Range(before + 1, windows.Rank), before]);
}
