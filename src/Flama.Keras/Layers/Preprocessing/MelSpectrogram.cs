using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>Signals as the power in bands of the mel scale over time, in decibels: windows, Fourier transforms as a convolution, triangular bands.</summary>
internal sealed class MelSpectrogram(LayerConfig config) : ValueLayer(config)
{
    private const int MaxLength = 1 << 13;
    private const double BreakFrequency = 700;
    private const double HighFrequency = 1127;

    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var size = (int)Math.Clamp(Config.Integer("fft_length", 2048), 0, int.MaxValue);
        var step = Config.Integer("sequence_stride", 512);
        var length = Config.Has("sequence_length") ? Config.Integer("sequence_length") : size;
        if (x.Rank != 2 || size is < 2 or > MaxLength || length < 1 || length > size || step < 1)
        {
            throw x.Rank == 2 ? Config.Missing("fft_length") : KerasErrors.Unsupported(Name, "takes one signal without a batch");
        }

        // The ends are mirrored, so that the first window is around the first sample.
        var half = size / 2;
        var signal = g.Unsqueeze(g.Pad(x, [0, half], [0, half], null, "reflect"), 1);
        var bins = half + 1;
        var (cosines, sines) = Kernels(size, length, bins);
        var times = x.Shape[1] < 0 ? -1 : ((x.Shape[1] + (2 * half) - size) / step) + 1;
        Value Part(float[] kernel)
        {
            var part = g.Add("Conv", x.Type, [x.Shape[0], bins, times], [signal, g.Cast(g.Constant<float>(kernel, bins, 1, size), x.Type)], OnnxAttribute.Of("strides", [step]));
            return g.Times(part, part);
        }

        var spectrum = g.Unary("Sqrt", g.Plus(Part(cosines), Part(sines)));
        var exponent = Config.Number("mag_exp", 2);
        spectrum = exponent == 1 ? spectrum : g.Binary("Pow", spectrum, exponent);
        var y = g.MatMul(g.Cast(Bands(g, bins), x.Type), spectrum);
        return Config.Flag("power_to_db", true) ? Decibels(g, y) : y;
    }

    private (float[] Cosines, float[] Sines) Kernels(int size, long length, int bins)
    {
        var window = WindowOf(length);
        var before = (size - length) / 2;
        var (cosines, sines) = (new float[bins * size], new float[bins * size]);
        for (var k = 0; k < bins; k++)
        {
            for (var n = 0; n < length; n++)
            {
                // The angle is taken within one turn, where it is exact.
                var angle = 2 * Math.PI * (k * (n + before) % size) / size;
                cosines[(k * size) + before + n] = (float)(window[n] * Math.Cos(angle));
                sines[(k * size) + before + n] = (float)(-window[n] * Math.Sin(angle));
            }
        }

        return (cosines, sines);
    }

    private double[] WindowOf(long length)
    {
        if (Config.Find("window") is { ValueKind: System.Text.Json.JsonValueKind.Array })
        {
            return Config.Numbers("window") is { } given && given.Length == length ? given : throw Config.Missing("window");
        }

        var (constant, share) = (Config.Has("window") ? Config.Text("window") : null) switch
        {
            null => (1.0, 0.0),
            "hann" => (0.5, 0.5),
            "hamming" => (0.54, 0.46),
            var name => throw KerasErrors.Unsupported(Name, $"has the window '{name}'"),
        };
        return [.. Enumerable.Range(0, (int)length).Select(n => constant - (share * Math.Cos(2 * Math.PI * n / length)))];
    }

    // (bands, bins): triangles whose corners are evenly spaced on the mel scale; the bin of frequency 0 is in none.
    private Value Bands(Lowering g, int bins)
    {
        var count = Config.Integer("num_mel_bins", 128) is > 0 and < MaxLength and var bands ? (int)bands : throw Config.Missing("num_mel_bins");
        var rate = Config.Number("sampling_rate", 16000);
        var (low, high) = (Mel(Config.Number("min_freq", 20)), Mel(Config.Has("max_freq") ? Config.Number("max_freq") : Math.Floor(rate / 2)));
        double Edge(int i) => low + ((high - low) * i / (count + 1));
        var weights = new float[count * bins];
        for (var band = 0; band < count; band++)
        {
            for (var bin = 1; bin < bins; bin++)
            {
                var at = Mel(rate / 2 * bin / (bins - 1));
                weights[(band * bins) + bin] = (float)Math.Max(0, Math.Min((at - Edge(band)) / (Edge(band + 1) - Edge(band)), (Edge(band + 2) - at) / (Edge(band + 2) - Edge(band + 1))));
            }
        }

        return g.Constant<float>(weights, count, bins);
    }

    private static double Mel(double hertz) => HighFrequency * Math.Log(1 + (hertz / BreakFrequency));

    private Value Decibels(Lowering g, Value power)
    {
        var least = Config.Number("min_power", 1e-10);
        var reference = 10 * Math.Log10(Math.Max(Math.Abs(Config.Number("ref_power", 1)), least));
        var loud = g.Plus(g.Times(g.Unary("Log", g.Clip(power, least, null)), 10 / Math.Log(10)), -reference);

        // Of all signals of a call together, as in Keras.
        return Config.Has("top_db") ? g.Binary("Max", loud, g.Plus(g.Max(loud, false), -Config.Number("top_db"))) : loud;
    }
}
