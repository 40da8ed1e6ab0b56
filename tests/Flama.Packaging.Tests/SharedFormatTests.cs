using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.Packaging.Tests;

/// <summary>Every model file of the shared archives is named for what it is.</summary>
public sealed class SharedFormatTests
{
    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.Ordinal)
    {
        [".h5"] = "keras-hdf5",
        [".keras"] = "keras",
        [".tflite"] = "tflite",
        [".index"] = "tensorflow-checkpoint",
        ["/checkpoint"] = "tensorflow-checkpoint",
        ["/saved_model.pb"] = "savedmodel",
        ["/frozen.pb"] = "tensorflow-graph",
        [".onnx"] = "onnx",
        [".skops"] = "skops",
        [".cbm"] = "catboost-cbm",
        [".safetensors"] = "safetensors",
        [".ptl"] = "torch-lite",
        ["/model.json"] = "catboost-json",
        ["/model.pkl"] = "pickle",
        ["/model.joblib"] = "pickle",
        ["/model.zip"] = "mlflow",
    };

    private static readonly Dictionary<string, string> NoPrograms = new(StringComparer.Ordinal)
    {
        ["neg-tar-legacy"] = "torch-legacy",
        ["neg-whole-module-legacy"] = "torch-legacy",
        ["neg-state-dict-legacy"] = "torch-legacy",
        ["neg-torchscript-1.0-model-json"] = "torchscript-old",
        ["neg-lite-interpreter"] = "torch-lite",
        ["neg-aotinductor"] = "torch-aot",
        ["neg-safetensors"] = "safetensors",
    };

    public static TheoryData<string> Archives() =>
    [
        .. new[] { "keras", "torch", "onnx", "skops", "mlflow", "catboost" }.SelectMany(folder => SharedFixtures.List($"golden/{folder}", "*.zip")),
    ];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Archives))]
    public void Open_ModelFileOfAnArchive_IsNamedForWhatItIs(string archive)
    {
        using var zip = ZipFile.OpenRead(SharedFixtures.PathOf(archive)!);
        List<string> wrong = [];
        var files = 0;
        foreach (var entry in zip.Entries.Where(entry => entry.Length > 0 && !entry.FullName.EndsWith("/case.json", StringComparison.Ordinal)))
        {
            if (Expected(archive, zip, entry) is not { } expected)
            {
                continue;
            }

            files++;
            var found = Find(entry);
            if (!expected.Contains(found))
            {
                wrong.Add($"{entry.FullName}: {found}, expected {string.Join(" or ", expected)}");
            }
        }

        Assert.True(files > 10, $"{files} files");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string[]? Expected(string archive, ZipArchive zip, ZipArchiveEntry entry)
    {
        var folder = entry.FullName.Split('/')[0];
        if (archive.Contains("/torch/", StringComparison.Ordinal))
        {
            using var document = JsonDocument.Parse(Read(zip.GetEntry($"{folder}/case.json")!));
            return document.RootElement.GetProperty("meta").GetProperty("format").GetString() switch
            {
                "torch-export" => ["torch-export"],
                "not-a-program" => [NoPrograms.GetValueOrDefault(folder, "torch-pickle")],
                "damaged" => ["torchscript", "torch-export", "truncated"],
                _ => ["torchscript"],
            };
        }

        if (entry.FullName.EndsWith("weights.h5", StringComparison.Ordinal))
        {
            return ["keras-weights"];
        }

        return ByEnding.FirstOrDefault(pair => entry.FullName.EndsWith(pair.Key, StringComparison.Ordinal)).Value is { } name
            ? [name, .. name == "pickle" ? ["joblib"] : Array.Empty<string>()]
            : null;
    }

    private static string Find(ZipArchiveEntry entry)
    {
        try
        {
            using var package = ModelPackage.Open(Read(entry), entry.Name);
            return (package.Format.Content ?? package.ReadModel().Format).Name;
        }
        catch (FlamaException exception)
        {
            return exception.Code == ErrorCodes.NotAModel ? exception.Message : exception.Code.Name;
        }
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
