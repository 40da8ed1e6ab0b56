using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Tensors as a client sends them.</summary>
internal static class WireRequest
{
    /// <summary>Whether tensors have a form of bytes.</summary>
    public static bool IsOfBytes(TensorInputs inputs) => inputs.Count > 0 && inputs.Arrays.All(array => array is ModelTensor { Type: not ElementType.String });

    /// <summary>Whether lists tell the shapes: empty ones do not tell the lengths below them.</summary>
    public static bool IsToldByLists(TensorInputs inputs) => inputs.Arrays.All(array => array is not ModelTensor { Count: 0, Shape.Count: > 1 });

    /// <summary>All by name, as nested lists or in base64.</summary>
    public static string ByName(TensorInputs inputs, bool isEncoded) =>
        $"{{\"input\":{{{string.Join(',', Enumerable.Range(0, inputs.Count).Select(i => $"{JsonSerializer.Serialize(inputs.Names[i])}:{ValueOf(inputs.Arrays[i], isEncoded)}"))}}}}}";

    /// <summary>The only one, without its name.</summary>
    public static string Bare(TensorInputs inputs, bool isEncoded) => $"{{\"input\":{ValueOf(inputs.Arrays[0], isEncoded)}}}";

    /// <summary>The bytes of all, one after the other.</summary>
    public static byte[] Bytes(TensorInputs inputs) => [.. inputs.Arrays.SelectMany(array => ((ModelTensor)array).Bytes.ToArray())];

    /// <summary>The header that tells the shapes of bytes.</summary>
    public static string Shapes(TensorInputs inputs) => string.Join("; ", inputs.Names.Select((name, i) => $"{Uri.EscapeDataString(name)}={string.Join(',', inputs.Arrays[i].Shape)}"));

    /// <summary>The header that tells the types of bytes.</summary>
    public static string Types(TensorInputs inputs) => string.Join("; ", inputs.Names.Select((name, i) => $"{Uri.EscapeDataString(name)}={ElementTypes.NameOf(inputs.Arrays[i].Type)}"));

    /// <summary>One array as JSON.</summary>
    public static string ValueOf(ModelArray array, bool isEncoded)
    {
        if (isEncoded && array is ModelTensor { Type: not ElementType.String } encoded)
        {
            return $"{{\"b64\":\"{Convert.ToBase64String(encoded.Bytes)}\",\"shape\":[{string.Join(',', encoded.Shape)}],\"dtype\":\"{ElementTypes.NameOf(encoded.Type)}\"}}";
        }

        StringBuilder json = new();
        Append(json, array);
        return json.ToString();
    }

    private static void Append(StringBuilder json, ModelArray array)
    {
        switch (array)
        {
            case ModelTensor tensor:
                var index = 0;
                Append(json, tensor, 0, ref index);
                break;
            case ModelSequence sequence:
                json.Append('[');
                foreach (var (item, i) in sequence.Items.Select((item, i) => (item, i)))
                {
                    json.Append(i == 0 ? "" : ",");
                    Append(json, item);
                }

                json.Append(']');
                break;
            case ModelMap map:
                json.Append('{').AppendJoin(',', map.Keys.Select((key, i) => $"{JsonSerializer.Serialize(key.ToString())}:{Element(map.Values, i)}")).Append('}');
                break;
            default:
                json.Append("null");
                break;
        }
    }

    private static void Append(StringBuilder json, ModelTensor tensor, int dimension, ref int index)
    {
        if (dimension == tensor.Shape.Count)
        {
            json.Append(Element(tensor, index++));
            return;
        }

        json.Append('[');
        for (var i = 0L; i < tensor.Shape[dimension]; i++)
        {
            json.Append(i == 0 ? "" : ",");
            Append(json, tensor, dimension + 1, ref index);
        }

        json.Append(']');
    }

    private static string Element(ModelTensor tensor, int index) => tensor.Type switch
    {
        ElementType.String => JsonSerializer.Serialize(tensor.Texts[index]),
        ElementType.Boolean => tensor.Elements<bool>()[index] ? "true" : "false",
        ElementType.Int64 => tensor.Elements<long>()[index].ToString(CultureInfo.InvariantCulture),
        ElementType.UInt64 => tensor.Elements<ulong>()[index].ToString(CultureInfo.InvariantCulture),
        _ => TensorValues.NumberAt(tensor, index) switch
        {
            double.PositiveInfinity => "Infinity",
            double.NegativeInfinity => "-Infinity",
            double.NaN => "NaN",
            var number => number.ToString("R", CultureInfo.InvariantCulture),
        },
    };
}
