using System.Buffers.Text;
using System.Text.Json;

namespace Flama.Json;

/// <summary>A tensor whose elements are base64: <c>{"b64": "…", "shape": [2, 3]}</c>, little-endian and row-major; <c>dtype</c> may name the type, which is compared, or is that of the elements where the method leaves it open.</summary>
/// <remarks>Without <c>shape</c>, that of the method holds where at most one of its dimensions is open.</remarks>
internal static class EncodedTensor
{
    private const int MaxRank = 64;

    /// <summary>Whether an object that a reader stands on is a tensor of this form.</summary>
    public static bool IsHere(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("b64"u8))
            {
                return reader.Read() && reader.TokenType == JsonTokenType.String;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>Reads the object that the reader stands on.</summary>
    /// <exception cref="FlamaException">It is not such a tensor, or not one that the method takes.</exception>
    public static ModelTensor Read(ref Utf8JsonReader reader, TensorSpec spec)
    {
        byte[]? bytes = null;
        var length = 0;
        List<long>? shape = null;
        ElementType? type = null;
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("b64"u8) && reader.Read())
                {
                    Release(ref bytes);
                    bytes = Decode(ref reader, spec, out length);
                }
                else if (reader.ValueTextEquals("shape"u8) && reader.Read())
                {
                    shape = ReadShape(ref reader, spec);
                }
                else if (reader.ValueTextEquals("dtype"u8) && reader.Read())
                {
                    type = TypeOf(ref reader, spec);
                }
                else
                {
                    throw Problem(spec, $"has the member {Excerpt.Of(reader.GetString())}");
                }
            }

            var made = bytes is null ? throw Problem(spec, "is an object without 'b64'") : TensorBytes.Adopt(spec, type, shape, bytes, length);
            bytes = null;
            return made;
        }
        finally
        {
            Release(ref bytes);
        }
    }

    private static void Release(ref byte[]? bytes)
    {
        if (bytes is not null)
        {
            BufferPool<byte>.Return(bytes);
            bytes = null;
        }
    }

    private static byte[] Decode(ref Utf8JsonReader reader, TensorSpec spec, out int length)
    {
        length = 0;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            throw Problem(spec, "has no base64 in 'b64'");
        }

        var text = reader.ValueSpan;
        var bytes = BufferPool<byte>.Rent(Base64.GetMaxDecodedFromUtf8Length(text.Length));
        if (Base64.DecodeFromUtf8(text, bytes, out _, out length) == System.Buffers.OperationStatus.Done)
        {
            return bytes;
        }

        BufferPool<byte>.Return(bytes);
        throw Problem(spec, "has no base64 in 'b64'");
    }

    private static List<long> ReadShape(ref Utf8JsonReader reader, TensorSpec spec)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Problem(spec, "has a 'shape' that is not a list");
        }

        List<long> shape = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            shape.Add(reader.TokenType == JsonTokenType.Number && shape.Count < MaxRank && reader.TryGetInt64(out var one) && one >= 0
                ? one
                : throw Problem(spec, "has a 'shape' that is not a list of lengths"));
        }

        return shape;
    }

    private static ElementType TypeOf(ref Utf8JsonReader reader, TensorSpec spec) =>
        reader.TokenType == JsonTokenType.String && ElementTypes.Find(reader.GetString()) is { } type && (type == spec.Type || spec.IsTypeOpen) ? type : throw Problem(spec, "is of another 'dtype'");

    private static FlamaException Problem(TensorSpec spec, string what) =>
        new([new InputProblem(ProblemTypes.NestedCell, $"'{spec.Name}' {what}, expected {spec} as nested lists, or as {{\"b64\": …, \"shape\": […]}}.", FeatureName: spec.Name)], 1);
}
