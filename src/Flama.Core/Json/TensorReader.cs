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

    private protected override string Expected => spec.Tensors.Count <= 1 ? $"nested lists: {Example}" : $"an object of nested lists by name: {Example}";

    private protected override string ExpectedRequest => $"an object with the tensors: {{\"input\": {Example}}}";

    private string Example => spec.Tensors.Count == 0 ? "{}" : spec.Tensors.Count == 1 ? "[[…], …]" : $"{{\"{spec.Tensors[0].Name}\": [[…], …], …}}";

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
