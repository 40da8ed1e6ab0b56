using Flama.Hosting;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Cli.Tests.Commands;

/// <summary>A scaler and a model that were saved apart, and a file with both.</summary>
public sealed class StepsApartTests : IDisposable
{
    // StandardScaler with mean_ (1, 2) and scale_ (2, 1).
    private const string Scaler =
        "gASV4wAAAAAAAACMG3NrbGVhcm4ucHJlcHJvY2Vzc2luZy5fZGF0YZSMDlN0YW5kYXJkU2NhbGVylJOUKYGUfZQojAl3aXRoX21lYW6UiIwId2l0aF9zdGSUiIwEY29weZSIjA5uX2ZlYXR1cmVzX2luX5RLAowFbWVhbl+UXZQoRz/wAAAAAAAAR0AAAAAAAAAAZYwEdmFyX5RdlChHQBAAAAAAAABHP/AAAAAAAABljAZzY2FsZV+UXZQoR0AAAAAAAAAARz/wAAAAAAAAZYwQX3NrbGVhcm5fdmVyc2lvbpSMBTEuNS4ylHViLg==";

    // OrdinalRidge with coef_ (10, 1) and intercept_ 1, whose answers are whole numbers.
    private const string Model =
        "gASVuQAAAAAAAACMFW1vcmQucmVncmVzc2lvbl9iYXNlZJSMDE9yZGluYWxSaWRnZZSTlCmBlH2UKIwNZml0X2ludGVyY2VwdJSIjA5uX2ZlYXR1cmVzX2luX5RLAowFY29lZl+UXZQoR0AkAAAAAAAARz/wAAAAAAAAZYwKaW50ZXJjZXB0X5RHP/AAAAAAAACMCXVuaXF1ZV95X5RdlChLAEtkZYwQX3NrbGVhcm5fdmVyc2lvbpSMBTEuNS4ylHViLg==";

    // The tuple (model, scaler).
    private const string Both =
        "gASVdwEAAAAAAACMFW1vcmQucmVncmVzc2lvbl9iYXNlZJSMDE9yZGluYWxSaWRnZZSTlCmBlH2UKIwNZml0X2ludGVyY2VwdJSIjA5uX2ZlYXR1cmVzX2luX5RLAowFY29lZl+UXZQoR0AkAAAAAAAARz/wAAAAAAAAZYwKaW50ZXJjZXB0X5RHP/AAAAAAAACMCXVuaXF1ZV95X5RdlChLAEtkZYwQX3NrbGVhcm5fdmVyc2lvbpSMBTEuNS4ylHVijBtza2xlYXJuLnByZXByb2Nlc3NpbmcuX2RhdGGUjA5TdGFuZGFyZFNjYWxlcpSTlCmBlH2UKIwJd2l0aF9tZWFulIiMCHdpdGhfc3RklIiMBGNvcHmUiGgGSwKMBW1lYW5flF2UKEc/8AAAAAAAAEdAAAAAAAAAAGWMBHZhcl+UXZQoR0AQAAAAAAAARz/wAAAAAAAAZYwGc2NhbGVflF2UKEdAAAAAAAAAAEc/8AAAAAAAAGVoDGgNdWKGlC4=";

    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Package_WithBefore_ScalesRowsFirst()
    {
        var package = directory.PathOf("m.flm");
        TestConsole packing = new();
        TestConsole asking = new() { Input = "[[3, 2], [1, 4]]" };

        var packed = await packing.RunAsync("package", File("model.pkl", Model), "--before", File("scaler.pkl", Scaler), "-o", package);
        var asked = await asking.RunAsync("model", package, "predict");

        // ((3 − 1) / 2) · 10 + (2 − 2) + 1, and 0 + 2 + 1.
        Assert.Equal((0, "", 0, ""), (packed, packing.Error, asked, asking.Error));
        Assert.Equal("[11.0, 3.0]", asking.Output.Trim());
        using var opened = ModelPackage.Open(package);
        Assert.Equal<IEnumerable<string>>(["before-1.pkl"], opened.Artifacts.Names);
        using var again = new ModelEngines().AddManaged().Load(opened.ReadModel());
        Assert.Equal("OrdinalRidge", again.Metadata.ModelClass);
    }

    [Fact]
    public void PackageBuilder_WithBefore_KeepsTheStepWhenRewritten()
    {
        var first = directory.PathOf("first.flm");
        var second = directory.PathOf("second.flm");
        var engines = new ModelEngines().AddManaged();
        using (var source = ModelPackage.Open(File("model.pkl", Model)))
        {
            ModelPackage.Save(first, new PackageBuilder(source, engines).AddBefore(File("scaler.pkl", Scaler)).Build());
        }

        using (var source = ModelPackage.Open(first))
        {
            ModelPackage.Save(second, new PackageBuilder(source, engines).Build());
        }

        using var model = FlamaModel.Load(second);
        using var answer = model.Predict([[3.0, 2.0]]);
        Assert.Equal([11.0], answer.Batch.Values.ToArray());
    }

    [Fact]
    public async Task Package_BeforeThatCannotTransform_IsRefusedAndWritesNothing()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("package", File("model.pkl", Model), "--before", File("other.pkl", Model), "-o", directory.PathOf("m.flm"));

        Assert.NotEqual(0, exit);
        Assert.Contains("OrdinalRidge is to come before the model and cannot transform rows.", console.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(directory.PathOf("m.flm")));
    }

    [Fact]
    public async Task Model_TupleOfModelAndScaler_IsNeverTakenForItsModel()
    {
        TestConsole without = new() { Input = "[[3, 2]]" };
        TestConsole with = new() { Input = "[[3, 2]]" };
        var file = File("both.pkl", Both);

        var refused = await without.RunAsync("model", file, "predict");
        var answered = await with.RunAsync("model", file, "predict", "--model-key", "0");

        Assert.NotEqual(0, refused);
        Assert.Contains("OrdinalRidge at [0], StandardScaler at [1]", without.Error, StringComparison.Ordinal);
        Assert.Contains("--model-key", without.Error, StringComparison.Ordinal);
        Assert.Equal((0, "[33.0]"), (answered, with.Output.Trim()));
    }

    [Fact]
    public async Task Package_WithModelKey_RemembersIt()
    {
        var package = directory.PathOf("m.flm");
        TestConsole packing = new();
        TestConsole asking = new() { Input = "[[3, 2]]" };

        var packed = await packing.RunAsync("package", File("both.pkl", Both), "--model-key", "1", "-o", package);
        var asked = await asking.RunAsync("model", package, "transform");

        Assert.Equal((0, "", 0), (packed, packing.Error, asked));
        Assert.Equal("[[1.0, 0.0]]", asking.Output.Trim());
    }

    public void Dispose() => directory.Dispose();

    private string File(string name, string content)
    {
        var path = directory.PathOf(name);
        System.IO.File.WriteAllBytes(path, Convert.FromBase64String(content));
        return path;
    }
}
