using System.IO.Compression;

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

    [Fact]
    public void Load_PredictFunctionOfTheSignature_IsPredict()
    {
        using var model = GoldenModel.Load(SklearnCase.Read(Archive, "sklearn_pyfunc_predict_proba"));

        Assert.Equal(model.GetMethod("predict_proba").Outputs, model.GetMethod("predict").Outputs);
    }
}
