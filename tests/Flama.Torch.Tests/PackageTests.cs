using System.Text.Json;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Torch.Tests;

/// <summary>Packages that Flama wrote of PyTorch models answer as PyTorch does.</summary>
public sealed class PackageTests
{
    // float32 sums in another order.
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Packages() => [.. Fixtures.List("flm", "torch_*.flm")];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_OfTorch_AnswersAsPyTorch(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split("__");
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("flm", $"{parts[0]}__{parts[^1].Replace('_', '+')}.golden.json")));
        var rows = golden.RootElement.GetProperty("rows");
        var numbers = rows.GetProperty("input").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => (float)cell.GetDouble()).ToArray()).ToArray();
        var expected = rows.GetProperty("predict").EnumerateArray().SelectMany(row => row.EnumerateArray().Select(cell => cell.GetDouble())).ToArray();
        using var package = ModelPackage.Open(Fixtures.PathOf(path));
        using var model = new ModelEngines().AddTorch().Load(package.ReadModel());
        var method = model.GetMethod(ModelMethod.Predict);
        var name = ((TensorsSpec)method.Input).Tensors[0].Name;
        using TensorInputs inputs = new(KeyValuePair.Create(name, ModelTensor.Of<float>(numbers.SelectMany(row => row).ToArray(), numbers.Length, numbers[0].Length)));

        using var answer = method.Invoke(inputs);

        var actual = ((ModelTensor)answer.First).Elements<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
