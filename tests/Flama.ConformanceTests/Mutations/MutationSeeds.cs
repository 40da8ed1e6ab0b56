using Flama.ConformanceTests.Tensors;

namespace Flama.ConformanceTests.Mutations;

/// <summary>The golden models that changed copies are made of, by kind of file.</summary>
internal static class MutationSeeds
{
    // Large files make mutations slow and most of them alike.
    private const int MaxBytes = 200_000;

    private static bool IsLong => Environment.GetEnvironmentVariable("FLAMA_MUTATIONS") is { Length: > 0 };

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["onnx", "pt", "pt2", "keras", "h5", "savedmodel"];

    /// <summary>The models of a kind, in an order that stays.</summary>
    public static IReadOnlyList<ModelFiles> Of(string kind) =>
    [
        .. Archives(kind).SelectMany(TensorCase.ReadAll).Where(golden => golden.Refusal is null && IsOf(kind, golden.Meta.GetProperty("file").GetString()!))
            .Select(golden => new ModelFiles(golden.Name, golden.Meta.GetProperty("file").GetString()!, FilesOf(kind, golden), WireCases.InputsOf(golden, kind is "pt" or "pt2" ? "torch" : kind == "onnx" ? kind : "keras")))
            .Where(model => model.Files.Values.Sum(content => content.Length) is > 0 and < MaxBytes),
    ];

    // A long run takes all that there are.
    private static IEnumerable<string> Archives(string kind) => kind switch
    {
        "onnx" => Few("golden/onnx/few.zip"),
        "pt" or "pt2" => Few("golden/torch/representative.zip"),
        "savedmodel" => Few("golden/keras/savedmodel-few.zip"),
        _ => Few("golden/keras/keras2.15.zip", "golden/keras/keras3.x.zip"),
    };

    private static IEnumerable<string> Few(params string[] archives) => IsLong
        ? archives.Concat(TensorCase.Archives(Path.GetFileName(Path.GetDirectoryName(archives[0])!)).Where(archive => archive.StartsWith("shared/", StringComparison.Ordinal)))
        : archives;

    private static bool IsOf(string kind, string file) => kind == "savedmodel" ? file == "saved_model" || file.EndsWith(".pb", StringComparison.Ordinal) : file.EndsWith($".{kind}", StringComparison.Ordinal);

    private static Dictionary<string, byte[]> FilesOf(string kind, TensorCase golden) =>
        golden.Files.Where(pair => pair.Key != "case.json" && (kind is "savedmodel" or "onnx" || pair.Key == golden.Meta.GetProperty("file").GetString())).ToDictionary(StringComparer.Ordinal);
}
