using System.IO.Compression;
using Flama.Packaging;
using Flama.Scoring;

namespace Flama.ConformanceTests;

/// <summary>An MLflow model as a directory, as people have it: what it is as a zip, with the names of its signature.</summary>
public sealed class MlflowDirectoryTests
{
    private const string Archive = "golden/libraries/mlflow-3.17.2";

    [Fact]
    public void Load_Directory_HasTheSignaturesNames()
    {
        var golden = SklearnCase.Read(Archive, "sklearn_skops");
        var directory = Directory.CreateTempSubdirectory("flama-mlflow");
        try
        {
            using (var zip = new ZipArchive(new MemoryStream(golden.Model)))
            {
                zip.ExtractToDirectory(directory.FullName);
            }

            using var model = FlamaModel.Load(directory.FullName);

            var table = (TableSpec)model.Model.GetMethod("predict").Input;
            Assert.Equal(["f0", "f1", "f2", "f3", "f4", "f5"], table.Features.Select(feature => feature.Name));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("{\"columns\": [\"f0\", \"f1\", \"f2\", \"f3\", \"f4\", \"f5\"], \"data\": [[0.5, 1, 2, 3, 4, 5], [1, 1, 1, 1, 1, 1]]}")]
    [InlineData("{\"columns\": [\"f5\", \"f4\", \"f3\", \"f2\", \"f1\", \"f0\"], \"data\": [[5, 4, 3, 2, 1, 0.5], [1, 1, 1, 1, 1, 1]]}")]
    [InlineData("{\"inputs\": [[0.5, 1, 2, 3, 4, 5], [1, 1, 1, 1, 1, 1]]}")]
    public void Load_InputExample_IsTypicalAndACase(string example)
    {
        using var package = ModelPackage.Open(WithExample(example), "example.zip");
        var source = package.ReadModel();
        using var model = Engines.Load(source);

        var table = (TableSpec)model.GetMethod("predict").Input;
        var differences = ModelCases.Verify(model, [ModelCases.OfExample(source.InputExample!.Value)]);

        Assert.Equal(["0.5", "1", "2", "3", "4", "5"], table.Features.Select(feature => feature.Example?.ToString()));
        Assert.Equal(CellTypes.Number, table.Features[0].TrainedOn);
        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("[[1, 2]]")]
    [InlineData("[{\"f0\": 1}]")]
    public void Verify_ExampleThatTheModelDoesNotTake_Fails(string example)
    {
        using var package = ModelPackage.Open(WithExample(example), "example.zip");
        var source = package.ReadModel();
        using var model = Engines.Load(source);

        Assert.Throws<FlamaException>(() => ModelCases.Verify(model, [ModelCases.OfExample(source.InputExample!.Value)]));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{\"inputs\": {\"a\": [1]}}")]
    [InlineData("[]")]
    [InlineData("{\"columns\": [\"a\", \"b\"], \"data\": [[1], 2]}")]
    public void Load_ExampleInAnotherForm_IsLeftAside(string example)
    {
        using var package = ModelPackage.Open(WithExample(example), "example.zip");

        Assert.Null(package.ReadModel().InputExample);
    }

    [Fact]
    public void Load_PredictFunctionOfTheSignature_IsPredict()
    {
        using var model = GoldenModel.Load(SklearnCase.Read(Archive, "sklearn_pyfunc_predict_proba"));

        Assert.Equal(model.GetMethod("predict_proba").Outputs, model.GetMethod("predict").Outputs);
    }

    private static byte[] WithExample(string example)
    {
        using var content = new MemoryStream();
        content.Write(SklearnCase.Read(Archive, "sklearn_skops").Model);
        using (var zip = new ZipArchive(content, ZipArchiveMode.Update, leaveOpen: true))
        {
            var manifest = zip.GetEntry("MLmodel")!;
            string text;
            using (StreamReader reader = new(manifest.Open()))
            {
                text = reader.ReadToEnd();
            }

            manifest.Delete();
            zip.GetEntry("input_example.json")?.Delete();
            Write(zip, "MLmodel", $"{text}saved_input_example_info:\n  artifact_path: input_example.json\n  type: dataframe\n");
            Write(zip, "input_example.json", example);
        }

        return content.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using StreamWriter writer = new(zip.CreateEntry(name).Open());
        writer.Write(text);
    }
}
