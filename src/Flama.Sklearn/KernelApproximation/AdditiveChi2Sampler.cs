namespace Flama.Sklearn.KernelApproximation;

/// <summary>Samples the Fourier transform of the additive chi2 kernel: for each column one root and, for each further step, a cosine and a sine.</summary>
/// <remarks>
/// √(x·L), then √(2xL/cosh(πjL))·cos(jL·log x) and the same with the sine for the steps j; 0 for 0. All columns of a step lie together. Missing, infinite and
/// negative values are refused. Source: sklearn.kernel_approximation, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class AdditiveChi2Sampler : Transformer
{
    private const int MaxSteps = 1 << 16;

    private readonly double interval;
    private readonly int steps;

    public AdditiveChi2Sampler(EstimatorState state)
        : base(state)
    {
        steps = state.Integer("sample_steps", 2);
        if (steps is < 1 or > MaxSteps)
        {
            throw state.Fail($"it takes {steps} samples");
        }

        // An attribute of training up to 1.4; later the parameter, or what fits the number of steps.
        var name = state.FirstOf("sample_interval_", "_sample_interval", "sample_interval");
        interval = state.Value(name) is not null
            ? state.Number(name)
            : steps switch
            {
                1 => 0.8,
                2 => 0.5,
                3 => 0.4,
                _ => throw state.Fail($"it takes {steps} samples and has no sample_interval"),
            };
    }

    public override InputRule Input => InputRule.Numbers;

    public override int Width(int columns) => checked(columns * ((2 * steps) - 1));

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        NonNegative.Check(this, input);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var target = output.Row(row);
            target.Clear();
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] != 0)
                {
                    Sample(values[i], target[i..], values.Length);
                }
            }
        }
    }

    private void Sample(double value, Span<double> target, int stride)
    {
        target[0] = Math.Sqrt(value * interval);
        var angle = interval * Math.Log(value);
        var power = 2 * value * interval;
        for (var j = 1; j < steps; j++)
        {
            var factor = Math.Sqrt(power / Math.Cosh(Math.PI * j * interval));
            target[((2 * j) - 1) * stride] = factor * Math.Cos(j * angle);
            target[2 * j * stride] = factor * Math.Sin(j * angle);
        }
    }
}
