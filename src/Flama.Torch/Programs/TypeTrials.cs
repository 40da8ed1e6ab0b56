namespace Flama.Torch.Programs;

/// <summary>
/// What callers may have meant by numbers where a program does not tell its types and refuses those that came: JSON does not tell whole numbers of float32 from int64, nor 0 and 1 from truth values.
/// </summary>
internal static class TypeTrials
{
    private const int MostTrials = 16;

    // Beyond it a float32 does not hold every whole number.
    private const float MostExact = 1 << 24;

    /// <summary>Other types for the same values, likely ones first; null in the place of an array that keeps its own.</summary>
    /// <param name="inputs">What the method takes.</param>
    /// <param name="given">What came.</param>
    /// <param name="floats">The type that floats have in the program.</param>
    public static IEnumerable<ElementType?[]> Others(IReadOnlyList<ProgramInput> inputs, IReadOnlyList<ModelArray?> given, ElementType floats)
    {
        int[] whole = [.. Enumerable.Range(0, inputs.Count).Where(i => IsOpen(inputs[i]) && given[i] is ModelTensor { Type: ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16 } tensor && IsWhole(tensor))];
        int[] counted = [.. Enumerable.Range(0, inputs.Count).Where(i => IsOpen(inputs[i]) && given[i] is ModelTensor { Type: ElementType.Int64 })];
        IEnumerable<ElementType?[]> all = [With(whole, ElementType.Int64), .. whole.Select(one => With([one], ElementType.Int64)), With(counted, floats), .. counted.Select(one => With([one], floats)), .. whole.Concat(counted).Select(one => With([one], ElementType.Boolean))];
        return all.Where(types => !Array.TrueForAll(types, static type => type is null)).Take(MostTrials);

        ElementType?[] With(int[] places, ElementType type) => [.. Enumerable.Range(0, inputs.Count).Select(i => Array.IndexOf(places, i) >= 0 ? type : (ElementType?)null)];
    }

    /// <summary>The arrays with other types; null where a value is none of its type.</summary>
    /// <param name="given">What came; stays the caller's.</param>
    /// <param name="types">The types, null for what keeps its own.</param>
    /// <param name="made">The arrays that were made, which the caller disposes.</param>
    public static ModelArray?[]? Cast(IReadOnlyList<ModelArray?> given, IReadOnlyList<ElementType?> types, List<ModelTensor> made)
    {
        ModelArray?[] cast = [.. given];
        for (var i = 0; i < cast.Length; i++)
        {
            if (types[i] is { } type && cast[i] is ModelTensor tensor && tensor.Type != type)
            {
                if (tensor.Type == ElementType.String || TensorCast.To(tensor, type) is not { } other)
                {
                    return null;
                }

                made.Add(other);
                cast[i] = other;
            }
        }

        return cast;
    }

    /// <summary>Whether a program does not tell the type of an input.</summary>
    public static bool IsOpen(ProgramInput input) => input is { Kind: InputKind.Tensor, Type: null };

    private static bool IsWhole(ModelTensor tensor)
    {
        using var numbers = TensorCast.To(tensor, ElementType.Float64)!;
        foreach (var number in numbers.Elements<double>())
        {
            if (number != Math.Truncate(number) || Math.Abs(number) > MostExact)
            {
                return false;
            }
        }

        return true;
    }
}
