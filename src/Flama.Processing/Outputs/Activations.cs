namespace Flama.Processing.Outputs;

/// <summary>Probabilities of logits, and vectors of length 1; sums are of float64.</summary>
internal static class Activations
{
    /// <summary>Applies the activation to the numbers along the last dimension.</summary>
    public static void Apply(Activation activation, ScoreArray scores)
    {
        if (activation == Activation.Sigmoid)
        {
            foreach (ref var value in scores.Values.AsSpan())
            {
                value = (float)(1 / (1 + Math.Exp(-(double)value)));
            }

            return;
        }

        for (var row = 0; row < scores.Rows; row++)
        {
            Softmax(scores.Row(row));
        }
    }

    /// <summary>Divides vectors along the last dimension by their length; those shorter than 1e-12 by that, as torch's <c>normalize</c>.</summary>
    public static void Normalize(ScoreArray scores)
    {
        for (var row = 0; row < scores.Rows; row++)
        {
            var vector = scores.Row(row);
            var sum = 0.0;
            foreach (var value in vector)
            {
                sum += (double)value * value;
            }

            var length = Math.Max(Math.Sqrt(sum), 1e-12);
            foreach (ref var value in vector)
            {
                value = (float)(value / length);
            }
        }
    }

    // The largest is taken off first, so that no exponential overflows.
    private static void Softmax(Span<float> row)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in row)
        {
            largest = Math.Max(largest, value);
        }

        var sum = 0.0;
        foreach (var value in row)
        {
            sum += Math.Exp(value - largest);
        }

        foreach (ref var value in row)
        {
            value = (float)(Math.Exp(value - largest) / sum);
        }
    }
}
