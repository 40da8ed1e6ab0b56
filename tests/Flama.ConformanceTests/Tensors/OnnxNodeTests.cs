using Flama.Onnx;
using Flama.Onnx.Graphs;
using Flama.Onnx.Protobuf;
using Flama.Tests;

namespace Flama.ConformanceTests.Tensors;

/// <summary>ONNX's own test data (Debian's libonnx-testdata), where it is installed: one case an operator and option.</summary>
public sealed class OnnxNodeTests(ITestOutputHelper output)
{
    private const string Folder = "/usr/share/libonnx-testdata/data";
    private const int MustPass = 985;

    /// <summary>Cases that are not answered as they say, and why.</summary>
    private static readonly IReadOnlyDictionary<string, string> Exceptions = File.ReadLines(Fixtures.PathOf("golden", "onnx", "node-exceptions.txt"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    // As ONNX's own runner has it.
    private static readonly TensorExpectation Expectation = new(1e-3, 1e-7 * 1000);

    [Fact]
    public void Cases_OfOnnx_AreAnswered()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "ONNX's test data is not installed (Debian's libonnx-testdata).");
        var folders = Directory.EnumerateFiles(Folder, "model.onnx", SearchOption.AllDirectories).Select(path => Path.GetDirectoryName(path)!).Order(StringComparer.Ordinal).ToList();
        Dictionary<string, string> failures = new(StringComparer.Ordinal);

        foreach (var folder in folders)
        {
            if (DifferenceOf(folder) is { } difference)
            {
                failures[Path.GetRelativePath(Folder, folder)] = difference;
            }
        }

        output.WriteLine($"{folders.Count - failures.Count} of {folders.Count}");
        foreach (var (name, difference) in failures.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{name}: {difference}");
        }

        Assert.True(folders.Count - failures.Count >= MustPass);
        Assert.Empty(failures.Keys.Except(Exceptions.Keys, StringComparer.Ordinal));
    }

    private static string? DifferenceOf(string folder)
    {
        try
        {
            var path = Path.Combine(folder, "model.onnx");
            var program = OnnxProgram.Read(File.ReadAllBytes(path));
            using var package = Packaging.ModelPackage.Open(path);
            using var model = new ModelEngines().AddOnnx().Load(package.ReadModel());
            var method = model.FindMethod("infer") ?? model.GetMethod(ModelMethod.Predict);
            foreach (var data in Directory.EnumerateDirectories(folder, "test_data_set_*"))
            {
                using var inputs = InputsOf(method, program, data);
                using var answer = method.Invoke(inputs);
                for (var i = 0; i < answer.Count; i++)
                {
                    var expected = Read(program.Graph!.Outputs[i].Type!, Path.Combine(data, $"output_{i}.pb"));
                    if (expected is not null && Compare(expected, answer[i]) is { } difference)
                    {
                        return $"{method.Outputs[i].Name}: {difference}";
                    }
                }
            }

            return null;
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }

    private static TensorInputs InputsOf(ModelMethod method, OnnxProgram program, string data)
    {
        List<KeyValuePair<string, ModelArray>> arrays = [];
        var spec = (TensorsSpec)method.Input;
        var known = program.Graph!.Inputs.Where(input => spec.Find(input.Name) is not null).ToList();
        var all = program.Graph.Inputs.ToList();
        for (var i = 0; i < all.Count; i++)
        {
            var path = Path.Combine(data, $"input_{i}.pb");
            if (known.Contains(all[i]) && File.Exists(path) && Read(all[i].Type!, path) is { } array)
            {
                arrays.Add(new(all[i].Name, array));
            }
        }

        return TensorInputs.OfArrays(arrays);
    }

    private static string? Compare(ModelArray expected, ModelArray actual) => (expected, actual) switch
    {
        (ModelTensor wanted, ModelTensor found) => Expectation.Compare(wanted, found),
        (ModelSequence wanted, ModelSequence found) => wanted.Items.Count != found.Items.Count
            ? $"{found.Items.Count} items, expected {wanted.Items.Count}"
            : wanted.Items.Select((item, i) => Compare(item, found.Items[i])).FirstOrDefault(difference => difference is not null),
        (MissingArray, MissingArray) => null,
        _ => $"{actual.GetType().Name}, expected {expected.GetType().Name}",
    };

    private static ModelArray? Read(OnnxType type, string path) => Read(type, (ReadOnlyMemory<byte>)File.ReadAllBytes(path));

    private static ModelArray? Read(OnnxType type, ReadOnlyMemory<byte> message)
    {
        switch (type)
        {
            case OnnxType.Tensor:
                return ToModel(OnnxTensor.Read(message, "data"));
            case OnnxType.Sequence sequence:
                return new ModelSequence(ElementType.Float32, [.. Fields(message, 3).Select(item => Read(sequence.Item, item)!)]);
            case OnnxType.Optional optional:
                var field = optional.Item is OnnxType.Sequence ? 5 : 3;
                return Fields(message, field).Select(item => Read(optional.Item, item)).FirstOrDefault();
            default:
                return null;
        }
    }

    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int number)
    {
        List<ReadOnlyMemory<byte>> found = [];
        var reader = new ProtoReader(message, "data");
        while (reader.Next())
        {
            if (reader.Field == number)
            {
                found.Add(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static ModelTensor ToModel(OnnxTensor tensor)
    {
        var type = OnnxElementTypes.ToElementType(tensor.Type) ?? throw new FlamaException(ErrorCodes.UnsupportedFormat, $"elements of {tensor.Type}");
        var made = ModelTensor.Rent(type, [.. tensor.Shape]);
        if (type == ElementType.String)
        {
            tensor.ReadTexts().ToArray().CopyTo(made.WritableTexts);
        }
        else
        {
            tensor.ReadBytes().Span.CopyTo(made.WritableBytes);
        }

        return made;
    }
}
