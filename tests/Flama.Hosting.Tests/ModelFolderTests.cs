using Flama.Hosting;
using Flama.Packaging;

namespace Flama.Tests;

/// <summary>A folder with one model file and a <c>metadata.json</c> beside it.</summary>
public sealed class ModelFolderTests
{
    [Fact]
    public void Load_NamesOfColumnsAndClasses_AreTheModels()
    {
        using TemporaryDirectory folder = new();
        WriteModel(folder, "model.pkl");
        File.WriteAllText(folder.PathOf("metadata.json"), """{"feature_names": ["left", "right"], "target_names": ["off", "on"], "accuracy": NaN}""");

        using var model = FlamaModel.Load(folder.Root);

        Assert.Equal(["left", "right"], ((TableSpec)model.Model.GetMethod("predict").Input).Features.Select(feature => feature.Name));
        Assert.Equal(["off", "on"], Assert.Single(model.Model.Classes).Labels.Select(label => label.Text));
        Assert.Equal(["off", "on"], model.Model.GetMethod("predict_proba").Outputs[0].Columns!.Labels.Select(label => label.Text));
        Assert.Empty(model.Model.Warnings);
    }

    [Fact]
    public void Predict_StaysTheNumberThatPythonGives()
    {
        using TemporaryDirectory folder = new();
        WriteModel(folder, "model.pkl");
        using var bare = FlamaModel.Load(folder.PathOf("model.pkl"));
        File.WriteAllText(folder.PathOf("metadata.json"), """{"features": [{"name": "left", "type": "int"}, {"name": "right"}], "classes": {"0": "off", "1": "on"}}""");
        using var model = FlamaModel.Load(folder.Root);
        double[][] rows = [[0, 1], [1, 1]];

        Assert.Equal(bare.PredictLabels(rows), model.PredictLabels(rows));
    }

    [Fact]
    public void Load_NamesThatDoNotFit_AreNotUsed_AndAWarningSaysSo()
    {
        using TemporaryDirectory folder = new();
        WriteModel(folder, "model.pkl");
        File.WriteAllText(folder.PathOf("metadata.json"), """{"feature_names": ["a", "b", "c"], "classes": ["x"]}""");

        using var model = FlamaModel.Load(folder.Root);

        Assert.Equal(
            ["The class names beside the model are not used: there are 1, and they must stand for the model's classes, numbered from 0.", "The column names beside the model are not used: there are 3, and the model takes 2."],
            model.Model.Warnings);
    }

    [Fact]
    public void Load_TwoModelFiles_AreRefusedWithTheWayOut()
    {
        using TemporaryDirectory folder = new();
        WriteModel(folder, "model.pkl");
        WriteModel(folder, "scaler.joblib");
        File.WriteAllText(folder.PathOf("metadata.json"), "{}");

        var error = Assert.Throws<FlamaException>(() => FlamaModel.Load(folder.Root));

        Assert.Contains("holds 2 model files ('model.pkl', 'scaler.joblib')", error.Message, StringComparison.Ordinal);
        Assert.Contains("--before", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not JSON at line 1")]
    [InlineData("""{"classes": [1, [2]]}""", "'classes' is not a list of names")]
    [InlineData("""{"features": ["a", "a"]}""", "'features' is not a list of names")]
    public void Load_DocumentThatIsWrong_IsRefused(string document, string message)
    {
        using TemporaryDirectory folder = new();
        WriteModel(folder, "model.pkl");
        File.WriteAllText(folder.PathOf("metadata.json"), document);

        Assert.Contains(message, Assert.Throws<FlamaException>(() => FlamaModel.Load(folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Package_OfAFolder_KeepsTheNames()
    {
        using TemporaryDirectory folder = new();
        WriteModel(folder, "model.pkl");
        File.WriteAllText(folder.PathOf("metadata.json"), """{"feature_names": ["left", "right"], "class_names": ["off", "on"]}""");
        using TemporaryDirectory target = new();
        using (var source = ModelPackage.Open(folder.Root))
        {
            ModelPackage.Save(target.PathOf("m.flm"), new PackageBuilder(source, new ModelEngines().AddManaged()).Build());
        }

        using var model = FlamaModel.Load(target.PathOf("m.flm"));

        Assert.Equal(["left", "right"], ((TableSpec)model.Model.GetMethod("predict").Input).Features.Select(feature => feature.Name));
        Assert.Equal(["off", "on"], Assert.Single(model.Model.Classes).Labels.Select(label => label.Text));
        Assert.Equal("on", model.Model.Metadata.Extra!.Value.GetProperty("recipe").GetProperty("classes")[1].GetString());
    }

    private static void WriteModel(TemporaryDirectory folder, string name)
    {
        using var package = ModelPackage.Open(Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm"));
        File.WriteAllBytes(folder.PathOf(name), package.ReadModel().Payload.ReadAll().ToArray());
    }
}
