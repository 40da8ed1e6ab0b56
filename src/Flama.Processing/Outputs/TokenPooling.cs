namespace Flama.Processing.Outputs;

/// <summary>Makes one vector of the vectors of a text's tokens.</summary>
internal static class TokenPooling
{
    /// <summary>Turns [texts, tokens, elements] into [texts, elements].</summary>
    /// <param name="pooling">How.</param>
    /// <param name="scores">The vectors.</param>
    /// <param name="mask">1 for tokens of the text, 0 for padding: [texts, tokens].</param>
    /// <exception cref="FlamaException">The vectors are of other dimensions.</exception>
    public static void Apply(Pooling pooling, ScoreArray scores, ReadOnlySpan<long> mask)
    {
        if (scores.Shape is not [var texts, var tokens, var width] || texts * tokens != mask.Length || tokens == 0)
        {
            throw new FlamaException(
                ErrorCodes.InvalidModel, $"The model answered [{string.Join(", ", scores.Shape)}], which are not vectors of its tokens.", "Leave 'output.pooling' out, or name another output.");
        }

        var pooled = new float[texts * width];
        var sums = new double[width];
        for (var text = 0; text < texts; text++)
        {
            var first = (int)(text * tokens);
            var target = pooled.AsSpan((int)(text * width), (int)width);
            if (pooling == Pooling.Cls)
            {
                scores.Row(first).CopyTo(target);
                continue;
            }

            Array.Fill(sums, pooling == Pooling.Mean ? 0 : double.NegativeInfinity);
            var count = 0L;
            for (var token = 0; token < tokens; token++)
            {
                if (mask[first + token] == 0)
                {
                    continue;
                }

                count++;
                Add(pooling, scores.Row(first + token), sums);
            }

            for (var i = 0; i < width; i++)
            {
                target[i] = (float)(count == 0 ? 0 : pooling == Pooling.Mean ? sums[i] / count : sums[i]);
            }
        }

        scores.Replace(pooled, [texts, width]);
    }

    private static void Add(Pooling pooling, ReadOnlySpan<float> vector, double[] sums)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            sums[i] = pooling == Pooling.Mean ? sums[i] + vector[i] : Math.Max(sums[i], vector[i]);
        }
    }
}
