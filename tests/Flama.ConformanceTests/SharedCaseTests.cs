using System.Text.Json;
using Flama.Json;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>Small models from real use, with their rows and Python's answers, where the shared folder is present.</summary>
public sealed class SharedCaseTests
{
    // A value of Python computed in another order of sums.
    private const double Tolerance = 1e-9;

    // The exponential function of C in float32, whose last bit is not the same everywhere.
    private const double SingleTolerance = 1e-7;

    public static TheoryData<string> Cases() =>
    [
        .. SharedFixtures.List("cases", "expected.json", SearchOption.AllDirectories)
            .Select(path => path.Split('/')[^2])
            .Where(name => ModelOf(name) is not null && SharedFixtures.PathOf("cases", name, "rows.json") is not null),
    ];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Model_OfSharedCase_AnswersAsPython(string name)
    {
        var tolerance = name == "float32_ttr" ? SingleTolerance : Tolerance;
        var file = ModelOf(name)!;
        using var expected = JsonDocument.Parse(File.ReadAllBytes(SharedFixtures.PathOf("cases", name, "expected.json")!));
        var rows = File.ReadAllBytes(SharedFixtures.PathOf("cases", name, "rows.json")!);
        using var package = ModelPackage.Open(file);
        using var model = Engines.Load(package.ReadModel());

        Assert.All(expected.RootElement.EnumerateObject(), answer =>
        {
            var method = model.FindMethod(answer.Name)!;
            using var input = InputReader.For(method.Input).ReadValue(rows);
            using var output = method.Invoke(input);
            Assert.Null(new Expectation(tolerance, tolerance).CompareBare(answer.Value, output));
        });
    }

    private static string? ModelOf(string name) =>
        SharedFixtures.PathOf("cases", name, "model.pkl") ?? SharedFixtures.PathOf("cases", name, "model.joblib") ?? SharedFixtures.PathOf("cases", name, "model.txt");
}
