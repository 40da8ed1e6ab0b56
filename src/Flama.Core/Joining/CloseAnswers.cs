namespace Flama.Joining;

/// <summary>Whether two answers to the same rows are the same but for the last digits, which the order of additions in libraries of tensors leaves open.</summary>
internal static class CloseAnswers
{
    // What float32 keeps, with room for sums of many; what mixes rows is off by far more.
    private const double Relative = 1e-3;

    /// <summary>Compares all arrays.</summary>
    public static bool AreClose(ModelOutput one, ModelOutput other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            if (!AreClose(one[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreClose(ModelArray one, ModelArray other) => (one, other) switch
    {
        _ when one.Type != other.Type || !one.Shape.SequenceEqual(other.Shape) => false,
        (PredictionBatch { Kind: PredictionKind.Int64 } batch, PredictionBatch { Kind: PredictionKind.Int64 } others) => batch.Integers.SequenceEqual(others.Integers),
        (PredictionBatch batch, PredictionBatch others) => batch.Texts.SequenceEqual(others.Texts) && AreClose<double>(batch.Values, others.Values, static value => value),
        (ModelTensor { Type: ElementType.Float32 } tensor, ModelTensor others) => AreClose(tensor.Elements<float>(), others.Elements<float>(), static value => value),
        (ModelTensor { Type: ElementType.Float64 } tensor, ModelTensor others) => AreClose(tensor.Elements<double>(), others.Elements<double>(), static value => value),
        (ModelTensor { Type: ElementType.Float16 } tensor, ModelTensor others) => AreClose(tensor.Elements<Half>(), others.Elements<Half>(), static value => (double)value),
        (ModelTensor { Type: ElementType.String } tensor, ModelTensor others) => tensor.Texts.SequenceEqual(others.Texts),
        (ModelTensor tensor, ModelTensor others) => tensor.Bytes.SequenceEqual(others.Bytes),
        _ => false,
    };

    private static bool AreClose<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other, Func<T, double> number)
        where T : unmanaged
    {
        var largest = 0.0;
        foreach (var value in one)
        {
            largest = Math.Max(largest, double.IsFinite(number(value)) ? Math.Abs(number(value)) : 0);
        }

        for (var i = 0; i < one.Length; i++)
        {
            var (a, b) = (number(one[i]), number(other[i]));
            if (!(a.Equals(b) || Math.Abs(a - b) <= Relative * largest))
            {
                return false;
            }
        }

        return true;
    }
}
