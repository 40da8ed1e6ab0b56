using System.Text.Json;

namespace Flama.Scoring;

/// <summary>One stored question with its answer.</summary>
/// <param name="Method">The method of the model.</param>
/// <param name="Input">The rows or tensors, as in the <c>input</c> of a request.</param>
/// <param name="Output">What the method should answer; of the kind <see cref="JsonValueKind.Undefined"/> where any answer is right.</param>
public sealed record ModelCase(string Method, JsonElement Input, JsonElement Output)
{
    /// <summary>How many rows the case has; 1 where the input is not a list.</summary>
    public int Rows => Input.ValueKind == JsonValueKind.Array ? Input.GetArrayLength() : 1;
}
