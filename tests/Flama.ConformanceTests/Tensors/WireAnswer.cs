using System.Globalization;
using System.Text.Json;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Answers as a client reads them, compared with what they are to be.</summary>
internal static class WireAnswer
{
    /// <summary>What differs in a JSON answer; null when nothing does.</summary>
    /// <param name="method">The method that was called.</param>
    /// <param name="expected">An array for each of its outputs.</param>
    /// <param name="answer">The value of <c>output</c>.</param>
    /// <param name="expectation">How near it has to be.</param>
    public static string? Compare(ModelMethod method, IReadOnlyList<ModelArray> expected, JsonElement answer, TensorExpectation expectation)
    {
        var found = PartsOf(method, answer, expected.Count);
        if (expected.Count != found.Count)
        {
            return $"{found.Count} outputs, expected {expected.Count}";
        }

        for (var i = 0; i < expected.Count; i++)
        {
            if (Compare(expected[i], found[i], expectation) is { } difference)
            {
                return $"output {i}: {difference}";
            }
        }

        return null;
    }

    /// <summary>What differs in an answer of bytes; null when nothing does.</summary>
    public static string? Compare(ModelMethod method, IReadOnlyList<ModelArray> expected, byte[] bytes, IReadOnlyDictionary<string, string> headers, TensorExpectation expectation)
    {
        var (shapes, types) = (headers["X-Tensor-Shape"].Split(';', StringSplitOptions.TrimEntries), headers["X-Tensor-Type"].Split(';', StringSplitOptions.TrimEntries));
        var rest = bytes.AsMemory();
        for (var i = 0; i < expected.Count; i++)
        {
            if (method.OutputForm == OutputForm.Named && Uri.UnescapeDataString(shapes[i][..shapes[i].LastIndexOf('=')]) != method.Outputs[i].Name)
            {
                return $"output {i} is {shapes[i]}, expected {method.Outputs[i].Name}";
            }

            var wanted = (ModelTensor)expected[i];
            long[] shape = [.. LastOf(shapes[i]).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(length => long.Parse(length, CultureInfo.InvariantCulture))];
            if (LastOf(types[i]) != ElementTypes.NameOf(wanted.Type))
            {
                return $"{method.Outputs[i].Name} is of {types[i]}, expected {wanted.Type}";
            }

            using var found = ModelTensor.Rent(wanted.Type, shape);
            var size = found.WritableBytes.Length;
            rest.Span[..size].CopyTo(found.WritableBytes);
            rest = rest[size..];
            if (expectation.Compare(wanted, found) is { } difference)
            {
                return $"{method.Outputs[i].Name}: {difference}";
            }
        }

        return rest.IsEmpty ? null : $"{rest.Length} bytes are left";

        static string LastOf(string part) => part[(part.LastIndexOf('=') + 1)..];
    }

    // What a program answers may be known from its first answer only.
    private static IReadOnlyList<JsonElement> PartsOf(ModelMethod method, JsonElement answer, int count) => method switch
    {
        { OutputForm: OutputForm.Named } => [.. method.Outputs.Select(output => answer.GetProperty(output.Name))],
        { OutputForm: OutputForm.List } => [.. answer.EnumerateArray()],
        { Outputs: [{ Type: ElementType.Mixed }] } when answer.ValueKind == JsonValueKind.Object => [.. answer.EnumerateObject().Select(member => member.Value)],
        { Outputs: [{ Type: ElementType.Mixed }] } when count > 1 && answer.ValueKind == JsonValueKind.Array => [.. answer.EnumerateArray()],
        _ => [answer],
    };

    private static string? Compare(ModelArray expected, JsonElement found, TensorExpectation expectation)
    {
        switch (expected)
        {
            case ModelTensor tensor:
                using (var read = ModelTensor.Rent(tensor.Type, [.. tensor.Shape]))
                {
                    var index = 0;
                    return Read(found, tensor, read, 0, ref index) ?? expectation.Compare(tensor, read);
                }

            case ModelSequence sequence:
                return found.ValueKind != JsonValueKind.Array || found.GetArrayLength() != sequence.Items.Count
                    ? $"{Excerpt(found)}, expected {sequence.Items.Count} items"
                    : sequence.Items.Select((item, i) => Compare(item, found[i], expectation)).FirstOrDefault(difference => difference is not null);
            case ModelMap map:
                return found.ValueKind != JsonValueKind.Object || found.EnumerateObject().Count() != map.Keys.Count
                    ? $"{Excerpt(found)}, expected {map.Keys.Count} keys"
                    : map.Keys.Select((key, i) => found.TryGetProperty(key.ToString(), out var value)
                        ? Compare(map.Values.Type, TensorValues.NumberAt(map.Values, i), value, expectation) : $"no key {key}").FirstOrDefault(difference => difference is not null);
            default:
                return found.ValueKind == JsonValueKind.Null ? null : $"{Excerpt(found)}, expected null";
        }
    }

    private static string? Compare(ElementType type, double wanted, JsonElement found, TensorExpectation expectation)
    {
        using var expected = ModelTensor.Rent(type);
        Assert.True(Flama.Json.TensorElement.TryWrite(type, wanted, expected.WritableBytes));
        return Compare(expected, found, expectation);
    }

    // The lists have to have the expected shape; what is not finite is null.
    private static string? Read(JsonElement found, ModelTensor wanted, ModelTensor target, int dimension, ref int index)
    {
        if (dimension < wanted.Shape.Count)
        {
            if (found.ValueKind != JsonValueKind.Array || found.GetArrayLength() != wanted.Shape[dimension])
            {
                return $"{Excerpt(found)} at depth {dimension}, expected the shape [{string.Join(", ", wanted.Shape)}]";
            }

            foreach (var item in found.EnumerateArray())
            {
                if (Read(item, wanted, target, dimension + 1, ref index) is { } difference)
                {
                    return difference;
                }
            }

            return null;
        }

        var i = index++;
        if (found.ValueKind == JsonValueKind.Null && ElementTypes.IsFloat(wanted.Type) && !double.IsFinite(TensorValues.NumberAt(wanted, i)))
        {
            var size = ElementTypes.SizeOf(wanted.Type);
            wanted.Bytes.Slice(i * size, size).CopyTo(target.WritableBytes[(i * size)..]);
            return null;
        }

        var fits = wanted.Type switch
        {
            ElementType.String => found.ValueKind == JsonValueKind.String,
            ElementType.Boolean => found.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => found.ValueKind == JsonValueKind.Number,
        };
        if (!fits)
        {
            return $"element {i} is {Excerpt(found)}, expected {wanted.Type}";
        }

        TensorValues.Write(target, i, found);
        return null;
    }

    private static string Excerpt(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? $"{text[..80]}…" : value.GetRawText();
}
