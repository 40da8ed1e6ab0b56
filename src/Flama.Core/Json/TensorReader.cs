namespace Flama.Json;

/// <summary>Reads tensors in JSON as nested lists, checked against what a method takes.</summary>
/// <remarks>
/// The value is nested lists for a method of one tensor, or an object of them by name; a tensor without dimensions is a bare value. Floats take any
/// number, integers whole numbers in range (<c>1.0</c> counts as whole), booleans <c>true</c> and <c>false</c> (and 0 and 1), text strings. Where
/// dimensions have names, equal names must have equal lengths. Immutable and thread-safe.
/// </remarks>
public sealed class TensorReader : InputReader
{
    private readonly TensorsSpec spec;

    /// <summary>Makes the reader of a method's tensors.</summary>
    /// <param name="spec">The tensors that the method takes.</param>
    public TensorReader(TensorsSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        this.spec = spec;
    }

    /// <summary>Puts tensors together that were read in another form than JSON, with the checks that JSON gets: none is missing, equal names are equal lengths.</summary>
    /// <param name="spec">The tensors that the method takes.</param>
    /// <param name="tensors">The tensors by name, each checked against its own specification; the result owns them.</param>
    /// <exception cref="FlamaException">One is missing, there twice, or lengths do not agree (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static TensorInputs Complete(TensorsSpec spec, IReadOnlyList<KeyValuePair<string, ModelTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(tensors);
        var arrays = new ModelArray?[spec.Tensors.Count];
        for (var i = 0; i < arrays.Length; i++)
        {
            var tensor = spec.Tensors[i];
            var found = tensors.Where(one => string.Equals(one.Key, tensor.Name, StringComparison.Ordinal)).ToList();
            arrays[i] = found.Count == 1 || (found.Count == 0 && tensor.IsOptional)
                ? found.FirstOrDefault().Value
                : throw new FlamaException(
                    [new InputProblem(ProblemTypes.MissingFeature, $"The input has {(found.Count == 0 ? "no" : "more than one")} '{tensor.Name}', expected {tensor}.", FeatureName: tensor.Name)], 1);
        }

        TensorShapes.CheckSymbols(spec, arrays);
        return new TensorInputs(tensors);
    }

    private protected override string Expected => ContentExample is { } example ? $"{(spec.Tensors[0].Content == InputContent.Image ? "an image in base64" : "a text")}, or a list of them: {example}" : spec.Tensors.Count <= 1 ? $"nested lists: {Example}" : $"an object of nested lists by name: {Example}";

    private protected override string ExpectedRequest => $"an object with the {(ContentExample is null ? "tensors" : "input")}: {{\"input\": {Example}}}";

    private string? ContentExample => spec.Tensors is [{ Content: not InputContent.Elements } only] ? only.Content == InputContent.Image ? "\"iVBORw0…\"" : "\"a text\"" : null;

    private string Example => ContentExample ?? (spec.Tensors.Count == 0 ? "{}" : spec.Tensors.Count == 1 ? "[[…], …]" : $"{{\"{spec.Tensors[0].Name}\": [[…], …], …}}");

    private protected override TensorInputs Parse(ReadOnlySpan<byte> strict, ReadOnlySpan<byte> original, InputSubject subject, bool allowsBareValue)
    {
        var pass = new TensorPass(strict, original, spec, subject, Example);
        try
        {
            return pass.Read(allowsBareValue);
        }
        catch
        {
            pass.Abandon();
            throw;
        }
    }
}
