using Flama.Json;

namespace Flama.Onnx.Signatures;

/// <summary>Compares what a caller gives with what a graph takes, before ONNX Runtime does: its readers have done so, programs may not have.</summary>
internal static class InputFit
{
    /// <summary>Checks all inputs.</summary>
    /// <exception cref="FlamaException">One is missing, of another type or shape (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static void Check(IReadOnlyList<TensorSpec> specs, ReadOnlySpan<ModelArray?> inputs)
    {
        Span<long> shape = stackalloc long[64];
        for (var i = 0; i < inputs.Length; i++)
        {
            var spec = specs[i];
            switch (inputs[i])
            {
                case ModelTensor tensor when spec.Structure == ArrayStructure.Tensor && tensor.Type == spec.Type && tensor.Shape.Count <= shape.Length:
                    var lengths = shape[..tensor.Shape.Count];
                    tensor.CopyShapeTo(lengths);
                    TensorShapes.Check(spec, lengths);
                    break;
                case null or MissingArray when spec.IsOptional:
                case ModelSequence when spec.Structure is ArrayStructure.Sequence or ArrayStructure.Maps:
                case ModelMap when spec.Structure == ArrayStructure.Map:
                    break;
                case null or MissingArray:
                    throw Problem(spec, ProblemTypes.MissingFeature, $"The input has no '{spec.Name}'");
                case var other:
                    throw Problem(spec, ProblemTypes.NestedCell, $"'{spec.Name}' is {(other is ModelTensor ? "" : "no tensor ")}of {ElementTypes.NameOf(other.Type)}");
            }
        }
    }

    /// <summary>The failure for an input that the graph does not take.</summary>
    public static FlamaException Unknown(IReadOnlyList<TensorSpec> specs, TensorInputs inputs)
    {
        var unknown = inputs.Names.First(name => specs.All(spec => !string.Equals(spec.Name, name, StringComparison.Ordinal)));
        return new([new InputProblem(ProblemTypes.UnknownFeature, $"The input has {Excerpt.Of(unknown)}, expected {string.Join(", ", specs.Select(spec => $"'{spec.Name}'"))}.")], 1);
    }

    private static FlamaException Problem(TensorSpec spec, string type, string what) => new([new InputProblem(type, $"{what}, expected {spec}.", FeatureName: spec.Name)], 1);
}
