using System.Globalization;
using Flama.AspNetCore.Buffers;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Tensors as plain bytes in a body: little-endian and row-major, one after the other; the header <c>X-Tensor-Shape</c> tells where each begins, <c>X-Tensor-Type</c> may tell their types.</summary>
/// <remarks><c>2,3</c> for one tensor; <c>ids=2,128; mask=2,128</c> for several, in the order of their bytes, names percent-encoded. An answer that is a list has no names: <c>2,3; 4</c>.</remarks>
internal static class TensorBody
{
    private const string MediaType = "application/octet-stream";
    private const string ShapeHeader = "X-Tensor-Shape", TypeHeader = "X-Tensor-Type";
    private const int MaxTensors = 1024;

    /// <summary>Whether the request's body is of this form.</summary>
    public static bool IsSent(HttpRequest request) => IsIt(request.ContentType);

    /// <summary>Whether the client wants the answer in this form.</summary>
    public static bool IsAccepted(HttpRequest request) => request.Headers.Accept is { Count: > 0 } accepted && IsIt(accepted[0]);

    /// <summary>Reads the tensors of a body; the caller disposes them.</summary>
    /// <exception cref="FlamaException">The header or the bytes are not what the method takes (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static TensorInputs Read(HttpRequest request, TensorsSpec spec, ReadOnlySpan<byte> bytes)
    {
        var parts = PartsOf(request.Headers[ShapeHeader].ToString(), spec);
        var types = TypesOf(request.Headers[TypeHeader].ToString(), spec);
        List<KeyValuePair<string, ModelTensor>> tensors = [];
        try
        {
            foreach (var (tensor, shape) in parts)
            {
                ElementType? type = types.TryGetValue(tensor.Name, out var told) ? told : null;
                var length = parts.Count == 1 ? bytes.Length : LengthOf(type ?? tensor.Type, shape!);
                if (length > bytes.Length)
                {
                    throw Problem($"The body ends inside '{tensor.Name}', which needs {length} bytes of the {bytes.Length} that are left.");
                }

                tensors.Add(new(tensor.Name, TensorBytes.Read(tensor, type, shape, bytes[..(int)length])));
                bytes = bytes[(int)length..];
            }

            return bytes.IsEmpty ? TensorReader.Complete(spec, tensors) : throw Problem($"The body has {bytes.Length} bytes more than its tensors.");
        }
        catch
        {
            tensors.ForEach(tensor => tensor.Value.Dispose());
            throw;
        }
    }

    /// <summary>Whether an answer can have this form: tensors of numbers or booleans.</summary>
    public static bool CanWrite(ModelOutput output) => Enumerable.Range(0, output.Count).All(i => output[i] is ModelTensor { Type: not ElementType.String });

    /// <summary>Writes the tensors of an answer.</summary>
    public static async ValueTask WriteAsync(HttpContext context, ModelOutput output)
    {
        var response = context.Response;
        response.ContentType = MediaType;
        response.Headers[ShapeHeader] = Describe(output, array => string.Join(',', array.Shape.Select(length => length.ToString(CultureInfo.InvariantCulture))));
        response.Headers[TypeHeader] = Describe(output, array => ElementTypes.NameOf(array.Type));
        response.ContentLength = Enumerable.Range(0, output.Count).Sum(i => (long)((ModelTensor)output[i]).Bytes.Length);
        for (var i = 0; i < output.Count; i++)
        {
            await response.BodyWriter.WriteInPiecesAsync(TensorBytes.LittleEndian((ModelTensor)output[i]), context.RequestAborted);
        }
    }

    private static bool IsIt(string? mediaType) =>
        mediaType is not null && mediaType.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) && (mediaType.Length == MediaType.Length || mediaType[MediaType.Length] is ';' or ',' or ' ');

    // Arrays of a list have no names: 2,3; 4.
    private static string Describe(ModelOutput output, Func<ModelArray, string> tell) =>
        string.Join("; ", Enumerable.Range(0, output.Count).Select(i => output.NameOf(i) is { } name ? $"{Uri.EscapeDataString(name)}={tell(output[i])}" : tell(output[i])));

    private static List<(TensorSpec Tensor, long[]? Shape)> PartsOf(string header, TensorsSpec spec)
    {
        if (!header.Contains('=', StringComparison.Ordinal))
        {
            return spec.Tensors is [var only]
                ? [(only, header.Length == 0 ? null : ShapeOf(header))]
                : throw Problem($"The model takes {string.Join(", ", spec.Tensors.Select(tensor => $"'{tensor.Name}'"))}: tell the order and the shapes of their bytes in {ShapeHeader}, as in ids=2,128; mask=2,128.");
        }

        List<(TensorSpec, long[]?)> parts = [];
        foreach (var part in header.Split(';', MaxTensors, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.LastIndexOf('=');
            parts.Add((Find(spec, Uri.UnescapeDataString(equals < 0 ? part : part[..equals]), ShapeHeader), ShapeOf(part[(equals + 1)..])));
        }

        return parts;
    }

    private static Dictionary<string, ElementType> TypesOf(string header, TensorsSpec spec)
    {
        Dictionary<string, ElementType> types = new(StringComparer.Ordinal);
        foreach (var part in header.Split(';', MaxTensors, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.LastIndexOf('=');
            var tensor = equals >= 0 ? Find(spec, Uri.UnescapeDataString(part[..equals]), TypeHeader)
                : spec.Tensors is [var only] ? only : throw Problem($"{TypeHeader} is to name the tensors, as in ids=int64; mask=bool.");
            var name = part[(equals + 1)..];
            types[tensor.Name] = ElementTypes.Find(name) ?? throw Problem($"{TypeHeader} has '{SafeText.OneLine(name, 40)}', expected a type such as float32, int64 or bool.");
        }

        return types;
    }

    private static TensorSpec Find(TensorsSpec spec, string name, string header) => spec.Find(name)
        ?? throw Problem($"{header} has '{SafeText.OneLine(name, 40)}', expected {string.Join(", ", spec.Tensors.Select(tensor => $"'{tensor.Name}'"))}.");

    private static long[] ShapeOf(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(length =>
            long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Problem($"{ShapeHeader} has '{SafeText.OneLine(length, 40)}' for a length.")),
    ];

    private static long LengthOf(ElementType type, long[] shape)
    {
        var length = (Int128)Math.Max(1, ElementTypes.SizeOf(type));
        foreach (var one in shape)
        {
            length = length > long.MaxValue ? length : length * one;
        }

        return length > int.MaxValue ? int.MaxValue : (long)length;
    }

    private static FlamaException Problem(string message) => new([new InputProblem("tensor_bytes", message)], 1);
}
