using System.Globalization;
using System.Text.Json;

namespace Flama.Json;

/// <summary>Reads one array that a method takes: a tensor as nested lists or in base64, a list of tensors, an object of values by key.</summary>
internal static class ArrayReader
{
    private const int MaxItems = 1 << 20;

    /// <summary>Reads the value that the reader stands on.</summary>
    /// <param name="reader">Stands on the value, and on its last token afterwards.</param>
    /// <param name="original">The text as it was written, which tells Python's bare words from their stand-ins.</param>
    /// <param name="spec">What the method takes.</param>
    /// <exception cref="FlamaException">The value is something else.</exception>
    public static ModelArray Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> original, TensorSpec spec) => (reader.TokenType, spec.Structure) switch
    {
        (JsonTokenType.Null, _) when spec.IsOptional => new MissingArray(spec.Type),
        (_, ArrayStructure.Tensor) => ReadTensor(ref reader, original, spec),
        (JsonTokenType.StartArray, ArrayStructure.Sequence) => ReadSequence(ref reader, original, spec),
        (JsonTokenType.StartObject, ArrayStructure.Map) => ReadMap(ref reader, original, spec),
        (JsonTokenType.StartArray, ArrayStructure.Maps) => ReadSequence(ref reader, original, spec),
        _ => throw Problem(spec, "has another form"),
    };

    private static ModelTensor ReadTensor(ref Utf8JsonReader reader, ReadOnlySpan<byte> original, TensorSpec spec)
    {
        if (reader.TokenType == JsonTokenType.StartObject && spec.Content != InputContent.Image)
        {
            return EncodedTensor.Read(ref reader, spec);
        }

        using TensorElements elements = new(spec);
        elements.Read(ref reader, original);
        return elements.ToTensor();
    }

    private static ModelSequence ReadSequence(ref Utf8JsonReader reader, ReadOnlySpan<byte> original, TensorSpec spec)
    {
        List<ModelArray> items = [];
        try
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (items.Count == MaxItems)
                {
                    throw Problem(spec, $"has more than {MaxItems} items");
                }

                items.Add(spec.Structure == ArrayStructure.Maps ? ReadMap(ref reader, original, spec) : ReadTensor(ref reader, original, spec));
            }

            return new(spec.Type, items);
        }
        catch
        {
            items.ForEach(item => item.Dispose());
            throw;
        }
    }

    private static ModelMap ReadMap(ref Utf8JsonReader reader, ReadOnlySpan<byte> original, TensorSpec spec)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Problem(spec, "has an item that is not an object");
        }

        List<Scalar> keys = [];
        using TensorElements values = new(spec with { Structure = ArrayStructure.Tensor, Shape = null });
        HashSet<Scalar> seen = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = KeyOf(reader.GetString()!, spec);
            if (!seen.Add(key))
            {
                throw Problem(spec, $"has the key {Excerpt.Of(key.ToString())} twice");
            }

            keys.Add(key);
            reader.Read();
            values.ReadItem(ref reader, original);
        }

        return new(keys, keys.Count == 0 ? ModelTensor.Rent(spec.Type, 0) : values.ToTensor());
    }

    private static Scalar KeyOf(string text, TensorSpec spec) => spec.KeyType == ElementType.String ? Scalar.Of(text)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Scalar.Of(number)
        : throw Problem(spec, $"has the key {Excerpt.Of(text)}, which is not a whole number");

    private static FlamaException Problem(TensorSpec spec, string what) =>
        new([new InputProblem(ProblemTypes.NestedCell, $"'{spec.Name}' {what}, expected {spec}.", FeatureName: spec.Name)], 1);
}
