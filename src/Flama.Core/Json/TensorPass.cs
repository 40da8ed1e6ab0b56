using System.Text.Json;

namespace Flama.Json;

/// <summary>One pass over one JSON text with tensors.</summary>
internal ref struct TensorPass
{
    private readonly ReadOnlySpan<byte> original;
    private readonly TensorsSpec spec;
    private readonly InputSubject subject;
    private readonly string expected;
    private readonly ModelArray?[] tensors;
    private Utf8JsonReader reader;

    public TensorPass(ReadOnlySpan<byte> strict, ReadOnlySpan<byte> original, TensorsSpec spec, InputSubject subject, string expected)
    {
        this.original = original;
        this.spec = spec;
        this.subject = subject;
        this.expected = expected;
        tensors = new ModelArray?[spec.Tensors.Count];
        reader = new Utf8JsonReader(strict, new JsonReaderOptions { MaxDepth = JsonFault.MaxDepth });
    }

    /// <summary>Reads the whole text.</summary>
    public TensorInputs Read(bool allowsBareValue)
    {
        reader.Read();
        var isDocument = reader.TokenType == JsonTokenType.StartObject && (!allowsBareValue || HasInput());
        if (isDocument)
        {
            ReadDocument();
        }
        else if (allowsBareValue)
        {
            ReadInput();
        }
        else
        {
            throw Problem(ProblemTypes.NotAnObject, $"The {subject} is not an object, expected {{\"input\": {expected}}}.");
        }

        reader.Read();
        return Finish();
    }

    /// <summary>Gives the tensors back after a failure.</summary>
    public readonly void Abandon()
    {
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i]?.Dispose();
            tensors[i] = null;
        }
    }

    // A bare object of tensors by name has no member 'input', unless a tensor is called so.
    private readonly bool HasInput()
    {
        if (spec.Find("input") is not null && spec.Tensors.Count > 1)
        {
            return false;
        }

        var ahead = reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            if (ahead.ValueTextEquals("input"u8))
            {
                return true;
            }

            ahead.Skip();
        }

        return false;
    }

    private void ReadDocument()
    {
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input"u8))
            {
                Abandon();
                found = true;
                reader.Read();
                ReadInput();
            }
            else
            {
                reader.Skip();
            }
        }

        if (!found)
        {
            throw Problem(ProblemTypes.MissingInput, $"The {subject} has no 'input', expected {{\"input\": {expected}}}.");
        }
    }

    private void ReadInput()
    {
        if (reader.TokenType != JsonTokenType.StartObject || (spec.Tensors is [var only] && IsValueOf(only)))
        {
            if (spec.Tensors.Count != 1)
            {
                throw Problem(ProblemTypes.NotAnObject, $"The input is not an object, expected tensors by name: {expected}.");
            }

            ReadTensor(0);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var index = IndexOf(name);
            if (index < 0)
            {
                throw Problem(
                    ProblemTypes.UnknownFeature,
                    $"The input has {Excerpt.Of(name)}, expected {string.Join(", ", spec.Tensors.Select(tensor => $"'{tensor.Name}'"))}.");
            }

            tensors[index]?.Dispose();
            tensors[index] = null;
            reader.Read();
            ReadTensor(index);
        }
    }

    private readonly int IndexOf(string name)
    {
        for (var i = 0; i < spec.Tensors.Count; i++)
        {
            if (string.Equals(spec.Tensors[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    // An object is the only tensor's value where its members are not the tensor by its name: elements in base64, or a map.
    private readonly bool IsValueOf(TensorSpec tensor)
    {
        var ahead = reader;
        ahead.Read();
        var isNamed = ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals(tensor.Name);
        if (isNamed)
        {
            ahead.Read();
            isNamed = tensor.Structure != ArrayStructure.Map || ahead.TokenType == JsonTokenType.StartObject;
        }

        return !isNamed && (tensor.Structure == ArrayStructure.Map || EncodedTensor.IsHere(reader));
    }

    private void ReadTensor(int index) => tensors[index] = ArrayReader.Read(ref reader, original, spec.Tensors[index]);

    private readonly TensorInputs Finish()
    {
        List<KeyValuePair<string, ModelArray>> found = new(tensors.Length);
        for (var i = 0; i < tensors.Length; i++)
        {
            if (tensors[i] is { } tensor)
            {
                found.Add(new(spec.Tensors[i].Name, tensor));
            }
            else if (!spec.Tensors[i].IsOptional)
            {
                throw Problem(ProblemTypes.MissingFeature, $"The input has no '{spec.Tensors[i].Name}', expected {spec.Tensors[i]}.");
            }
        }

        TensorShapes.CheckSymbols(spec, tensors);
        return found.Count > 0 || spec.Tensors.All(tensor => tensor.IsOptional) ? TensorInputs.OfArrays(found) : throw Problem(ProblemTypes.Empty, $"The input has no tensor, expected {expected}.");
    }

    private static FlamaException Problem(string type, string message) => new([new InputProblem(type, message)], 1);
}
