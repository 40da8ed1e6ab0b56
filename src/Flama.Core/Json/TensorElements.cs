using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Flama.Json;

/// <summary>Collects the elements of one tensor from nested lists. The shape is the one of the first lists; later ones must have the same.</summary>
internal sealed class TensorElements : IDisposable
{
    private const int FirstCapacity = 256;
    private const int MaxRank = 64;

    private readonly TensorSpec spec;
    private ElementType type;
    private int size;
    private bool hasNumbers;
    private readonly List<string?>? texts;
    private readonly long[] counts = new long[MaxRank];
    private readonly long[] lengths = new long[MaxRank];
    private byte[]? bytes;
    private int used;
    private int rank = -1;

    public TensorElements(TensorSpec spec)
    {
        this.spec = spec;
        type = spec.Type;
        size = ElementTypes.SizeOf(spec.Type);
        texts = spec.Type == ElementType.String ? [] : null;
        bytes = texts is null ? BufferPool<byte>.Rent(FirstCapacity) : null;
        Array.Fill(lengths, -1);
    }

    /// <summary>Reads the value that the reader stands on.</summary>
    /// <param name="reader">Stands on the value, and on its last token afterwards.</param>
    /// <param name="original">The text as it was written, which tells Python's bare words from their stand-ins.</param>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> original)
    {
        var depth = 0;
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    if (depth == MaxRank || depth == rank)
                    {
                        throw Problem(ProblemTypes.NestedCell, $"nests lists deeper than its other elements do, expected {spec}");
                    }

                    CountAt(depth);
                    counts[depth++] = 0;
                    break;
                case JsonTokenType.EndArray:
                    EndList(--depth);
                    break;
                default:
                    CountAt(depth);
                    Add(ref reader, original, depth);
                    break;
            }
        }
        while (depth > 0 && reader.Read());
    }

    /// <summary>Reads the value that the reader stands on as the next of a vector, whose length is that of what is read so.</summary>
    public void ReadItem(ref Utf8JsonReader reader, ReadOnlySpan<byte> original)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            throw Problem(ProblemTypes.NestedCell, "has lists or objects among its values, expected single values");
        }

        Add(ref reader, original, 1);
        lengths[0] = Math.Max(0, lengths[0]) + 1;
    }

    /// <summary>Makes the tensor, which takes the buffer over.</summary>
    public ModelTensor ToTensor()
    {
        var dimensions = rank < 0 ? DepthOfEmpty() : rank;
        var shape = new long[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            // What is below an empty list is not told.
            shape[i] = lengths[i] >= 0 ? lengths[i] : spec.Shape is { } known && i < known.Count ? known[i].Length ?? 0 : 0;
        }

        TensorShapes.Check(spec, shape);
        if (spec.IsTypeOpen && used > 0 && !hasNumbers)
        {
            Become(ElementType.Boolean);
        }

        if (texts is not null)
        {
            return texts.Count == 0 ? ModelTensor.Rent(ElementType.String, shape) : ModelTensor.OfTexts(CollectionsMarshal.AsSpan(texts), shape.Length == 0 ? [1L] : shape).Reshape(shape);
        }

        var made = ModelTensor.Adopt(type, shape, bytes!);
        bytes = null;
        return made;
    }

    public void Dispose()
    {
        if (bytes is not null)
        {
            BufferPool<byte>.Return(bytes);
            bytes = null;
        }
    }

    // Counts an element of the list at this depth; the value itself is at depth 0.
    private void CountAt(int depth)
    {
        if (depth > 0)
        {
            counts[depth - 1]++;
        }
    }

    private void EndList(int depth)
    {
        if (lengths[depth] < 0)
        {
            lengths[depth] = counts[depth];
        }
        else if (lengths[depth] != counts[depth])
        {
            throw Problem(
                ProblemTypes.FeatureCount, $"has lists of {lengths[depth]} and of {counts[depth]} elements at the same depth, expected lists of the same length");
        }
    }

    private int DepthOfEmpty()
    {
        var depth = 0;
        while (depth < MaxRank && lengths[depth] >= 0)
        {
            depth++;
        }

        // An empty list does not tell the dimensions below it; what the method takes does.
        return spec.Shape is { } shape && shape.Count > depth ? shape.Count : depth;
    }

    private void Add(ref Utf8JsonReader reader, ReadOnlySpan<byte> original, int depth)
    {
        if (rank < 0)
        {
            rank = depth;
        }
        else if (rank != depth)
        {
            throw Problem(ProblemTypes.NestedCell, $"has values at depth {depth} and at depth {rank}, expected {spec}");
        }

        if (texts is not null)
        {
            texts.Add(reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.StartObject when spec.Content == InputContent.Image => EncodedImage(ref reader),
                _ => throw Mismatch(ref reader),
            });
            return;
        }

        var token = reader.ValueSpan;
        var written = reader.TokenType == JsonTokenType.Number ? original.Slice((int)reader.TokenStartIndex, token.Length) : default;
        if (spec.IsTypeOpen && reader.TokenType == JsonTokenType.Number)
        {
            hasNumbers = true;
            FindType(token, written.SequenceEqual(token));
        }

        if (!TensorElement.TryWrite(type, reader.TokenType, token, written, Next()))
        {
            throw Mismatch(ref reader);
        }
    }

    // {"b64": "…"}, as other servers take images.
    private string EncodedImage(ref Utf8JsonReader reader)
    {
        string? image = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            image = reader.ValueTextEquals("b64"u8) && reader.Read() && reader.TokenType == JsonTokenType.String
                ? reader.GetString()
                : throw Problem(ProblemTypes.NestedCell, "has an object that is not {\"b64\": \"…\"}");
        }

        return image ?? throw Problem(ProblemTypes.NestedCell, "has an object without 'b64'");
    }

    // Numbers with a point or an exponent are floats, and booleans take 0 and 1.
    private void FindType(ReadOnlySpan<byte> token, bool isAsWritten)
    {
        if (ElementTypes.IsFloat(type))
        {
            return;
        }

        if (!isAsWritten || token.ContainsAny(".eE"u8))
        {
            Become(ElementType.Float32);
        }
        else if (type == ElementType.Boolean && token is not [(byte)'0' or (byte)'1'])
        {
            Become(ElementType.Int64);
        }
    }

    // What was read so far has values of the type.
    private void Become(ElementType other)
    {
        var (before, count) = (bytes!, used / size);
        var (wider, width) = (BufferPool<byte>.Rent(Math.Max(FirstCapacity, count * ElementTypes.SizeOf(other))), ElementTypes.SizeOf(other));
        TensorCast.TryWrite(before.AsSpan(0, used), type, other, wider);
        BufferPool<byte>.Return(before);
        (bytes, type, size, used) = (wider, other, width, count * width);
    }

    private Span<byte> Next()
    {
        if (used + size > bytes!.Length)
        {
            var larger = BufferPool<byte>.Rent(checked(bytes.Length * 2));
            bytes.AsSpan(0, used).CopyTo(larger);
            BufferPool<byte>.Return(bytes);
            bytes = larger;
        }

        var next = bytes.AsSpan(used, size);
        used += size;
        return next;
    }

    private FlamaException Mismatch(ref Utf8JsonReader reader)
    {
        var found = reader.TokenType switch
        {
            JsonTokenType.String => $"the text {Excerpt.Of(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 160)]))}",
            JsonTokenType.Null => "null",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => Excerpt.Of(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 160)])),
        };
        var index = texts?.Count ?? ((used / Math.Max(1, size)) - 1);
        return Problem(ProblemTypes.NotANumber, $"has {found} as element {index}, expected {(spec.IsTypeOpen ? "numbers" : ElementTypes.NameOf(spec.Type))}");
    }

    private FlamaException Problem(string type, string what) => new([new InputProblem(type, $"'{spec.Name}' {what}.", FeatureName: spec.Name)], 1);
}
