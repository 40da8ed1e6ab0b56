namespace Flama.Packaging.Bare;

/// <summary>Tells models that are several files (a directory, or an archive of one) by the names of the files.</summary>
internal static class TreeProbe
{
    private static readonly string[] ModelEndings =
    [
        ".flm", ".joblib", ".pkl", ".pickle", ".skops", ".cbm", ".ubj", ".xgb", ".lgb", ".onnx", ".keras", ".h5", ".hdf5", ".pt2", ".pt", ".pth",
        ".safetensors", ".tflite", ".pb",
    ];

    // The first that holds decides: what needs most names to be sure comes first.
    private static readonly (Func<Names, bool> Holds, ModelFormat Format)[] Table =
    [
        (names => names.Below("serialized_exported_program.json") || names.HasBelow("models/", ".json"), ModelFormats.TorchExport),
        (names => names.HasBelow("data/aotinductor/", ""), ModelFormats.TorchAot),
        (names => names.Below("archive_format") && names.HasBelow("data/weights/", ""), ModelFormats.TorchExport),
        (names => names.Below("bytecode.pkl"), ModelFormats.TorchLite),
        (names => names.Below("constants.pkl") || names.HasBelow("code/__torch__", ""), ModelFormats.TorchScript),
        (names => names.Below("model.json") && names.HasBelow("tensors/", ""), ModelFormats.TorchScript10),
        (names => names.Below("data.pkl"), ModelFormats.TorchPickle),
        (names => names.At("config.json") && names.At("model.weights.h5"), ModelFormats.Keras),
        (names => names.At("schema.json"), ModelFormats.Skops),
        (names => names.Below("saved_model.pb") || names.Below("saved_model.pbtxt"), ModelFormats.SavedModel),
        (names => names.Below("MLmodel"), ModelFormats.Mlflow),
        (names => names.At("model.ini"), ModelFormats.H2OMojo),
        (names => names.At("TrainingInfo/Version.txt"), ModelFormats.MLNet),
        (names => names.HasBelow("metadata/", "_SUCCESS") || names.HasBelow("metadata/part-", ""), ModelFormats.SparkMl),
        (names => names.Below("Manifest.json") && names.HasBelow("Data/com.apple.CoreML/", ""), ModelFormats.CoreML),
        (names => names.Below("sys_info") && names.Below("pickle") && names.Below("storages"), ModelFormats.TorchLegacy),
        (names => names.Below("tokenizer_config.json") || names.Below("model.safetensors.index.json")
            || (names.Below("config.json") && (names.Below("model.safetensors") || names.Below("pytorch_model.bin"))), ModelFormats.Transformers),
        (names => names.HasBelow("", ".index") && names.HasBelow("", ".data-00000-of-00001"), ModelFormats.TensorFlowCheckpoint),
        (names => names.Below("model.json") && names.HasBelow("group1-shard1of", ".bin"), ModelFormats.TensorFlowJs),
        (names => names.At("xl/workbook.xml"), ModelFormats.Excel),
        (names => names.All(".npy"), ModelFormats.NumPy),
    ];

    /// <summary>Tells what files are together; null when nothing known.</summary>
    /// <param name="paths">Their paths, with <c>/</c> between directories.</param>
    public static ModelFormat? Recognize(IEnumerable<string> paths)
    {
        var names = new Names(paths);
        foreach (var (holds, format) in Table)
        {
            if (holds(names))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The file of a model that an engine reads first; the others belong to it. Null when there is none.</summary>
    public static string? MainFile(ModelFormat format, IReadOnlyList<string> paths)
    {
        string[] names = format == ModelFormats.SavedModel ? ["saved_model.pb", "saved_model.pbtxt"]
            : format == ModelFormats.Mlflow ? ["MLmodel"]
            : format == ModelFormats.Transformers ? ["config.json"]
            : format == ModelFormats.TensorFlowJs ? ["model.json"]
            : format == ModelFormats.Keras ? ["config.json"]
            : format == ModelFormats.TensorFlowCheckpoint ? ["checkpoint"]
            : [];
        return names.Select(name => paths.FirstOrDefault(path => path == name) ?? paths.FirstOrDefault(path => BelowRoot(path) == name))
            .FirstOrDefault(path => path is not null)
            ?? paths.MinBy(path => path.Length);
    }

    /// <summary>Whether a file's name is one that models have.</summary>
    public static bool IsModelName(string path) => Array.Exists(ModelEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>A format of files in which no model is recognised, with the first file that looks like one in its description.</summary>
    public static ModelFormat WithModel(ModelFormat format, IEnumerable<string> paths)
    {
        var best = paths
            .Select(path => (Path: path, Rank: Array.FindIndex(ModelEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))))
            .Where(candidate => candidate.Rank >= 0)
            .OrderBy(candidate => candidate.Rank)
            .Select(candidate => candidate.Path)
            .FirstOrDefault();
        if (best is null)
        {
            return format;
        }

        var shown = SafeText.OneLine(best, 100);
        return format == ModelFormats.Directory
            ? format with { Description = $"a directory that holds '{shown}'", Remedy = $"Give the path of the model file: '{shown}' in it." }
            : format with { Description = $"{ArticleOf(format)} archive with '{shown}' in it", Remedy = $"Unpack it and give the path of '{shown}'." };
    }

    /// <summary>A path without its first directory: archives have one of their own name around all.</summary>
    public static string BelowRoot(string path) => path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string ArticleOf(ModelFormat format) => format == ModelFormats.Zip ? "a zip" : "a tar";

    private sealed class Names
    {
        private readonly HashSet<string> exact;
        private readonly HashSet<string> below;

        public Names(IEnumerable<string> paths)
        {
            exact = [.. paths.Select(path => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path)];
            exact.RemoveWhere(path => path.Length == 0 || path.EndsWith('/'));
            below = [.. exact.Select(BelowRoot)];
        }

        /// <summary>Whether there is a file, at the top.</summary>
        public bool At(string path) => exact.Contains(path);

        /// <summary>Whether there is a file, at the top or in a directory around all.</summary>
        public bool Below(string path) => exact.Contains(path) || below.Contains(path);

        /// <summary>Whether there is a file whose path starts and ends so, at the top or in a directory around all.</summary>
        public bool HasBelow(string start, string end) => exact.Concat(below).Any(path =>
            path.Length >= start.Length + end.Length && path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal));

        /// <summary>Whether there are files, and all end so.</summary>
        public bool All(string end) => exact.Count > 0 && exact.All(path => path.EndsWith(end, StringComparison.Ordinal));
    }
}
