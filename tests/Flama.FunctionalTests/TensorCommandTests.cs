using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Models of tensors of every kind of file, asked by the command line: from files and pipes, with one input and several.</summary>
public sealed class TensorCommandTests : IDisposable
{
    private const double Tolerance = 1e-4;

    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("onnx/few.zip", "attention-23")]
    [InlineData("torch/representative.zip", "loss-functions-scripted")]
    [InlineData("torch/representative.zip", "mlp-relu-exported")]
    [InlineData("keras/keras3.x.zip", "dense__keras")]
    [InlineData("keras/keras2.15.zip", "dense__h5")]
    [InlineData("keras/savedmodel-few.zip", "m_siamese_shared__k2-tfsave")]
    [InlineData("flama/2.2.2-torch.zip", "torch_mlp")]
    public async Task Predict_FileAndPipe_AnswerAsTheLibrary(string archive, string name)
    {
        var (path, golden) = Extract(archive, name);
        var call = (golden.TryGetProperty("calls", out var calls) ? calls : golden.GetProperty("checks"))[0];
        var input = InputOf(golden, call);
        var expected = Outputs(call).SelectMany(Numbers).ToList();
        await File.WriteAllTextAsync(directory.PathOf("input.json"), $"{{\"input\": {input}}}", TestContext.Current.CancellationToken);

        var ofFile = await FlamaProcess.RunAsync(["model", path, "predict", "--file", directory.PathOf("input.json"), "--output", directory.PathOf("output.json")]);
        var ofPipe = await FlamaProcess.RunAsync(["model", path, "predict"], input);

        Assert.Equal((0, "", 0, ""), (ofFile.ExitCode, ofFile.Error, ofPipe.ExitCode, ofPipe.Error));
        Assert.Equal(await File.ReadAllTextAsync(directory.PathOf("output.json"), TestContext.Current.CancellationToken), ofPipe.Output);
        Assert.Equal(expected, [.. Numbers(JsonDocument.Parse(ofPipe.Output).RootElement)], (left, right) => Math.Abs(left - right) <= Tolerance * Math.Max(1, Math.Abs(left)));
    }

    [Theory]
    [InlineData("[[1, 2]]", "Error: 'input' has the shape [1, 2], expected input: float32[?, 4].")]
    [InlineData("{\"x\": [[1, 2, 3, 4]]}", "Error: The input has 'x', expected 'input'.")]
    [InlineData("[[1, 2, 3, \"a\"]]", "Error: 'input' has the text 'a' as element 3, expected float32.")]
    [InlineData("{\"b64\": \"AAAA\", \"shape\": [1, 4]}", "Error: 'input' has 3 bytes for the shape [1, 4], expected input: float32[?, 4].")]
    public async Task Predict_OtherInput_SaysWhatIsExpected(string input, string error)
    {
        var (path, _) = Extract("torch/representative.zip", "mlp-relu-exported");

        var result = await FlamaProcess.RunAsync(["model", path, "predict"], input);

        Assert.Equal((1, error, ""), (result.ExitCode, result.Error.Split('\n')[0].TrimEnd(), result.Output));
    }

    public void Dispose() => directory.Dispose();

    // By name where there are several; their names are those of the signature where a call has none.
    private static string InputOf(JsonElement golden, JsonElement call)
    {
        if (call.TryGetProperty("X", out var rows))
        {
            return rows.GetProperty("data").GetRawText();
        }

        var given = call.GetProperty("inputs");
        (string Name, string Value)[] inputs = given.ValueKind == JsonValueKind.Object
            ? [.. given.EnumerateObject().Select(input => (input.Name, input.Value.GetProperty("data").GetRawText()))]
            : [.. given.EnumerateArray().Select((input, i) => (input.TryGetProperty("name", out var name) ? name.GetString()! : golden.GetProperty("signature")[i].GetProperty("name").GetString()!, input.GetProperty("data").GetRawText()))];
        return inputs is [var only] ? only.Value : $"{{{string.Join(", ", inputs.Select(input => $"\"{input.Name}\": {input.Value}"))}}}";
    }

    private static IEnumerable<JsonElement> Outputs(JsonElement call) =>
        call.TryGetProperty("expected", out var expected) ? [expected.GetProperty("predict").GetProperty("data")]
        : call.GetProperty("outputs") is { ValueKind: JsonValueKind.Object } outputs ? outputs.EnumerateObject().Select(output => output.Value.GetProperty("data"))
        : call.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("data"));

    private static IEnumerable<double> Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Numbers(member.Value)),
        _ => [value.GetDouble()],
    };

    private (string Path, JsonElement Case) Extract(string archive, string name)
    {
        using var zip = ZipFile.OpenRead(Fixtures.PathOf(["golden", .. archive.Split('/')]));
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.StartsWith($"{name}/", StringComparison.Ordinal) && entry.Name.Length > 0))
        {
            var path = directory.PathOf(entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path);
        }

        var golden = JsonDocument.Parse(File.ReadAllBytes(directory.PathOf($"{name}/case.json"))).RootElement;
        return (directory.PathOf($"{name}/{golden.GetProperty("meta").GetProperty("file").GetString()}"), golden);
    }
}
