using Flama.Keras.Graphs;
using Flama.Keras.Layers.Convolution;
using Flama.Keras.Operations;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>Short-time Fourier transforms of signals, each channel alone: a convolution with the kernels of the file, then the mode's part of it.</summary>
internal sealed class StftSpectrogram : Layer
{
    private const double Epsilon = 1e-7;

    private readonly string mode;
    private readonly Weight? real;
    private readonly Weight? imaginary;

    public StftSpectrogram(LayerConfig config)
        : base(config)
    {
        mode = config.Text("mode") ?? "log";
        real = mode != "imag" ? Declare() : null;
        imaginary = mode != "real" ? Declare() : null;
    }

    public override bool PassesMask => false;

    public override object Call(Lowering g, LayerCall call)
    {
        var x = Computed(g, call.Input(this));
        if (x.Rank != 3)
        {
            throw KerasErrors.Invalid($"layer '{Name}' takes signals of 3 dimensions");
        }

        var isFirst = Config.Text("data_format") == "channels_first";
        x = isFirst ? x : g.Transpose(x, 0, 2, 1);
        var y = Adjust(g, ModeOf(g, x), isFirst);
        return (mode is "log" ? g.Unary("Log", g.Clip(y, Epsilon, null)) : y) with { Declared = Config.DeclaredType };
    }

    // (batch, channels, frequencies, times)
    private Value ModeOf(Lowering g, Value x)
    {
        var re = real is null ? null : Convolve(g, x, real);
        var im = imaginary is null ? null : Convolve(g, x, imaginary);
        switch (mode)
        {
            case "real":
                return re!;
            case "imag":
                return im!;
            case "angle":
                return ArithmeticOperations.Arctan2(g, im!, re!);
            case "stft":
                return g.Concat([re!, im!], 2);
        }

        var power = g.Plus(g.Times(re!, re!), g.Times(im!, im!));
        if (mode != "psd")
        {
            return mode is "log" or "magnitude" ? g.Unary("Sqrt", g.Clip(power, Epsilon, null)) : throw KerasErrors.Unsupported(Name, $"has the mode '{mode}'");
        }

        // What has a negative frequency beside it counts twice.
        var count = (int)power.Shape[2];
        return g.Times(power, g.Cast(g.Constant<float>([.. Enumerable.Range(0, count).Select(i => i == 0 || i == count - 1 ? 1f : 2)], count, 1), power.Type));
    }

    private Value Convolve(Lowering g, Value x, Weight weight)
    {
        var kernel = KernelOrder.OutFirst(g, Constant(g, weight), 1);
        var (length, isSame) = (kernel.Shape[2], Config.Text("padding") == "same");
        var step = Config.Has("frame_step") ? Config.Integer("frame_step") : length / 2;
        if (step < 1 || x.Shape[1] < 1)
        {
            throw Config.Missing("frame_step");
        }

        var signals = g.ReshapeTo(x, g.ShapeFrom([(-1, null, 0), (1, null, 0), (x.Shape[2], x, 2)], flexible: 0), [-1, 1, x.Shape[2]]);
        var times = x.Shape[2] < 0 ? -1 : isSame ? (x.Shape[2] + step - 1) / step : ((x.Shape[2] - length) / step) + 1;
        var y = g.Add(
            "Conv", x.Type, [-1, kernel.Shape[0], times], [signals, kernel],
            OnnxAttribute.Of("kernel_shape", [length]), OnnxAttribute.Of("strides", [step]), OnnxAttribute.Of("auto_pad", isSame ? "SAME_UPPER" : "VALID"));
        return g.ReshapeTo(y, g.ShapeFrom([(-1, null, 0), (x.Shape[1], null, 0), (y.Shape[1], null, 0), (times, y, 2)], flexible: 0), [x.Shape[0], x.Shape[1], y.Shape[1], times]);
    }

    private Value Adjust(Lowering g, Value y, bool isFirst)
    {
        if (Config.Flag("expand_dims"))
        {
            return isFirst ? g.Transpose(y, 0, 1, 3, 2) : g.Transpose(y, 0, 3, 2, 1);
        }

        var joined = y.Shape[1] * y.Shape[2];
        var flat = g.ReshapeTo(y, g.ShapeFrom([(-1, null, 0), (joined, null, 0), (y.Shape[3], y, 3)], flexible: 0), [y.Shape[0], joined, y.Shape[3]]);
        return isFirst ? flat : g.Transpose(flat, 0, 2, 1);
    }
}
