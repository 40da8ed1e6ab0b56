namespace Flama.Json;

/// <summary>Checks the shapes of tensors against what a method takes.</summary>
internal static class TensorShapes
{
    /// <summary>Checks the number of dimensions and the fixed lengths of one tensor.</summary>
    /// <exception cref="FlamaException">The shape is another one (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static void Check(TensorSpec spec, ReadOnlySpan<long> shape)
    {
        if (spec.Shape is null)
        {
            if (spec.Content != InputContent.Elements && shape.Length > 1)
            {
                throw new FlamaException(
                    [new InputProblem(ProblemTypes.NestedCell, $"'{spec.Name}' is a list of lists, expected {spec}.", FeatureName: spec.Name)], 1);
            }

            return;
        }

        var fits = spec.Shape.Count == shape.Length;
        for (var i = 0; fits && i < shape.Length; i++)
        {
            fits = spec.Shape[i].Length is not { } length || length == shape[i];
        }

        if (!fits)
        {
            throw new FlamaException(
                [new InputProblem(ProblemTypes.FeatureCount, $"'{spec.Name}' has the shape [{string.Join(", ", shape.ToArray())}], expected {spec}.", FeatureName: spec.Name)], 1);
        }
    }

    /// <summary>Checks that dimensions of the same name have the same length.</summary>
    /// <param name="spec">The tensors that the method takes.</param>
    /// <param name="tensors">A tensor for each of them, or null where it was left out.</param>
    public static void CheckSymbols(TensorsSpec spec, ReadOnlySpan<ModelArray?> tensors)
    {
        Dictionary<string, (long Length, string Name)>? seen = null;
        for (var i = 0; i < tensors.Length; i++)
        {
            if (tensors[i] is not ModelTensor tensor || spec.Tensors[i].Shape is not { } shape)
            {
                continue;
            }

            for (var j = 0; j < shape.Count; j++)
            {
                if (shape[j].Symbol is not { } symbol)
                {
                    continue;
                }

                seen ??= new(StringComparer.Ordinal);
                if (!seen.TryAdd(symbol, (tensor.Shape[j], spec.Tensors[i].Name)) && seen[symbol].Length != tensor.Shape[j])
                {
                    throw new FlamaException(
                        [new InputProblem(
                            ProblemTypes.FeatureCount,
                            $"'{symbol}' is {tensor.Shape[j]} in '{spec.Tensors[i].Name}' and {seen[symbol].Length} in '{seen[symbol].Name}', expected equal lengths.",
                            FeatureName: spec.Tensors[i].Name)],
                        1);
                }
            }
        }
    }
}
