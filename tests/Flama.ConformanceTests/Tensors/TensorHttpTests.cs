using System.Globalization;
using System.Text;
using System.Text.Json;
using Flama.ConformanceTests.Http;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Golden models of tensors over HTTP: tensors by name as nested lists, in base64 and as plain bytes; each answer as it should be, and within the schema that the same server gives.</summary>
public sealed class TensorHttpTests(ITestOutputHelper output)
{
    private const int ModelsPerServer = 40;

    public static TheoryData<string> Archives() => [.. TensorCase.Archives("onnx")];

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Models_OfArchive_AnswerInEveryForm(string archive)
    {
        List<string> wrong = [];
        var answered = 0;

        foreach (var some in TensorCase.ReadAll(archive).Where(golden => golden.Refusal is null && OnnxGoldenTests.IsAnswered(golden.Name)).Chunk(ModelsPerServer))
        {
            var models = some.Select(golden => Engines.Load(golden.ToSource(ModelFormats.Onnx))).ToArray();
            await using (var host = await ModelHost.StartAsync(models.Select((model, i) => ($"/m{i}", model))))
            {
                for (var i = 0; i < some.Length; i++)
                {
                    answered += await TryAsync(host, $"/m{i}", some[i], models[i], wrong);
                }
            }

            Array.ForEach(models, model => model.Dispose());
        }

        output.WriteLine($"{answered} answers");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Prepend($"{wrong.Count} wrong of {answered}")));
    }

    private static async Task<int> TryAsync(ModelHost host, string path, TensorCase golden, Model model, List<string> wrong)
    {
        var method = model.FindMethod("infer") ?? model.GetMethod(ModelMethod.Predict);
        var url = $"{path}/{method.Name}/";
        var schema = host.Schema.GetProperty("paths").GetProperty(url).GetProperty("post").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        var count = 0;
        foreach (var call in golden.Calls.Where(call => !call.TryGetProperty("error", out _)))
        {
            using var inputs = OnnxGoldenTests.InputsOf(method, call);
            var isBytes = inputs.Arrays.All(array => array is ModelTensor { Type: not ElementType.String });

            // Empty lists do not tell the lengths below them.
            var isTold = inputs.Arrays.All(array => array is not ModelTensor { Count: 0, Shape.Count: > 1 });
            foreach (var isEncoded in isBytes ? isTold ? [false, true] : [true] : (bool[])[false])
            {
                var (status, answer) = await host.PostAsync(url, JsonOf(inputs, isEncoded));
                Note(status != 200 ? $"{status} {answer}" : host.Validator.Check(answer, schema) ?? Compare(golden, method, call, answer.GetProperty("output")), isEncoded ? "base64" : "lists");
            }

            if (isBytes && inputs.Count > 0)
            {
                Note(await TryBytesAsync(host, url, golden, method, call, inputs), "bytes");
            }

            void Note(string? problem, string what)
            {
                count++;
                if (problem is not null)
                {
                    wrong.Add($"{golden.Name} {call.GetProperty("id")}, {what}: {problem}");
                }
            }
        }

        return count;
    }

    private static async Task<string?> TryBytesAsync(ModelHost host, string url, TensorCase golden, ModelMethod method, JsonElement call, TensorInputs inputs)
    {
        var header = string.Join("; ", inputs.Names.Select((name, i) => $"{Uri.EscapeDataString(name)}={string.Join(',', inputs[i].Shape)}"));
        byte[] body = [.. inputs.Arrays.SelectMany(array => ((ModelTensor)array).Bytes.ToArray())];
        var (status, bytes, headers) = await host.PostBytesAsync(url, body, header);
        if (status != 200 || headers["Content-Type"] != "application/octet-stream")
        {
            // Answers with text or lists among them are JSON in any case.
            return status == 200 && Expected(call).Any(one => one.GetProperty("type").GetString() != "tensor" || one.GetProperty("dtype").GetString() == "string") ? null : $"{status} {Encoding.UTF8.GetString(bytes)}";
        }

        var shapes = headers["X-Tensor-Shape"].Split("; ").Select(part => part[(part.LastIndexOf('=') + 1)..]).ToArray();
        var expectation = new TensorExpectation(golden.RelativeTolerance, golden.AbsoluteTolerance);
        var rest = bytes.AsMemory();
        foreach (var (one, i) in Expected(call).Select((one, i) => (one, i)))
        {
            using var wanted = TensorValues.ReadTensor(one);
            long[] shape = [.. shapes[i].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(length => long.Parse(length, CultureInfo.InvariantCulture))];
            using var found = ModelTensor.Rent(wanted.Type, shape);
            rest.Span[..found.WritableBytes.Length].CopyTo(found.WritableBytes);
            rest = rest[found.WritableBytes.Length..];
            if (expectation.Compare(wanted, found) is { } difference)
            {
                return $"{method.Outputs[i].Name}: {difference}";
            }
        }

        return rest.IsEmpty ? null : $"{rest.Length} bytes are left";
    }

    private static JsonElement[] Expected(JsonElement call) => [.. call.GetProperty("outputs").EnumerateArray()];

    private static string? Compare(TensorCase golden, ModelMethod method, JsonElement call, JsonElement answer)
    {
        var expectation = new Expectation(golden.RelativeTolerance, golden.AbsoluteTolerance);
        foreach (var (one, i) in Expected(call).Select((one, i) => (one, i)))
        {
            var found = method.OutputForm == OutputForm.Named ? answer.GetProperty(method.Outputs[i].Name) : answer;
            if (one.GetProperty("type").GetString() == "tensor")
            {
                var data = one.TryGetProperty("data", out var given) ? given : default;
                var wrapped = data.ValueKind == JsonValueKind.Array ? expectation.CompareJson(data, found) : data.ValueKind == JsonValueKind.Undefined ? null : expectation.CompareJson(Wrap(data), Wrap(found));
                if (wrapped is not null)
                {
                    return $"{method.Outputs[i].Name}: {wrapped}";
                }
            }
        }

        return null;
    }

    private static JsonElement Wrap(JsonElement single) => JsonDocument.Parse($"[{single.GetRawText()}]").RootElement;

    private static string JsonOf(TensorInputs inputs, bool isEncoded)
    {
        StringBuilder json = new("{\"input\":{");
        for (var i = 0; i < inputs.Count; i++)
        {
            json.Append(i == 0 ? "" : ",").Append(JsonSerializer.Serialize(inputs.Names[i])).Append(':');
            if (isEncoded)
            {
                json.Append(CultureInfo.InvariantCulture, $"{{\"b64\":\"{Convert.ToBase64String(inputs[i].Bytes)}\",\"shape\":[{string.Join(',', inputs[i].Shape)}],\"dtype\":\"{ElementTypes.NameOf(inputs[i].Type)}\"}}");
            }
            else
            {
                Append(json, inputs.Arrays[i]);
            }
        }

        return json.Append("}}").ToString();
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
                json.Append('{').AppendJoin(',', map.Keys.Select((key, i) => $"{JsonSerializer.Serialize(key.ToString())}:{TensorValues.NumberAt(map.Values, i).ToString("R", CultureInfo.InvariantCulture)}")).Append('}');
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
