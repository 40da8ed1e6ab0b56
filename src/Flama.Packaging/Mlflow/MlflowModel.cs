using System.Text;
using Flama.Packaging.Bare;
using Flama.Packaging.Reading;

namespace Flama.Packaging.Mlflow;

/// <summary>Finds the model inside an MLflow model, a directory or an archive of one: the file of its flavour, and the names of its signature.</summary>
/// <remarks>What the model's environment asks to install, and Python code beside it, are not looked at. Seen in models of MLflow 2.22 and 3.17.</remarks>
internal static class MlflowModel
{
    private const string FlavoursKey = "flavors";

    // What mlflow.pyfunc answers for ONNX: a dict of all outputs.
    private const string AllOutputs = "outputs";
    private const int MaxManifestBytes = 1 << 20;

    // Each flavour's own file; a model has one of these beside python_function.
    private static readonly (string Flavour, string[] Files)[] Flavours =
    [
        ("sklearn", ["pickled_model"]),
        ("xgboost", ["data"]),
        ("lightgbm", ["data"]),
        ("catboost", ["data"]),
        ("onnx", ["data"]),
        ("statsmodels", ["data"]),
    ];

    /// <summary>The model inside.</summary>
    /// <param name="file">The container, for messages and limits.</param>
    /// <param name="outer">The MLflow model.</param>
    /// <returns>The model inside; the same as it is where it is no more than a description, which no engine loads.</returns>
    /// <exception cref="FlamaException">It has no flavour that can be read, or lacks the file.</exception>
    public static ModelSource Open(PackageFile file, ModelSource outer)
    {
        if (outer.SideFiles.Count == 0 && !IsArchive(outer.Payload))
        {
            return outer;
        }

        var files = outer.SideFiles.Count > 0 ? MlflowFiles.OfDirectory(outer) : MlflowFiles.OfArchive(file, outer.Payload);
        var text = files.Read(MlflowFiles.ManifestName) ?? throw file.Corrupt("its MLmodel is not there");
        if (text.Length > MaxManifestBytes)
        {
            throw file.Corrupt($"its MLmodel has {text.Length} bytes");
        }

        var manifest = MlflowManifest.Read(Encoding.UTF8.GetString(text.Span));
        if (!manifest.ContainsKey(FlavoursKey))
        {
            return outer;
        }

        var signature = MlflowSignature.Read(manifest);
        var (name, path) = FileOf(file, manifest);
        var content = files.Read(path) ?? throw file.Corrupt($"its MLmodel names '{SafeText.OneLine(path, 100)}', which is not there");
        var payload = ModelPayload.FromMemory(content);
        return outer with
        {
            Format = PayloadFormat.Find(file, payload, name == "onnx" ? name : "sklearn"),
            Payload = payload,
            SideFiles = [],
            ColumnNames = signature?.Names,
            ColumnTypes = signature?.Types,
            InputExample = MlflowExample.Read(manifest, files, signature?.Names),
            PredictMethod = name == "onnx" ? AllOutputs : PredictOf(manifest),
        };
    }

    private static bool IsArchive(ModelPayload payload)
    {
        using var stream = payload.OpenRead();
        return stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
    }

    private static (string Flavour, string Path) FileOf(PackageFile file, IReadOnlyDictionary<string, object> manifest)
    {
        var flavours = manifest.GetValueOrDefault(FlavoursKey) as IReadOnlyDictionary<string, object> ?? new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, keys) in Flavours)
        {
            if (flavours.GetValueOrDefault(name) is IReadOnlyDictionary<string, object> flavour
                && keys.Select(key => flavour.GetValueOrDefault(key)).OfType<string>().FirstOrDefault() is { } path)
            {
                return (name, path);
            }
        }

        var others = flavours.Keys.Where(name => name != "python_function").ToList();
        throw new FlamaException(
            ErrorCodes.UnsupportedFormat,
            others.Count > 0
                ? $"'{file.Name}' is an MLflow model of the flavour {SafeText.OneLine(string.Join(", ", others), 100)}, which is not served."
                : $"'{file.Name}' is an MLflow model of Python code of its own (pyfunc), and code from a file is never run here.",
            $"Log the model with the flavour of its library: {string.Join(", ", Flavours.Select(flavour => flavour.Flavour))}.");
    }

    // What mlflow.pyfunc answers.
    private static string? PredictOf(IReadOnlyDictionary<string, object> manifest) =>
        (manifest.GetValueOrDefault(FlavoursKey) as IReadOnlyDictionary<string, object>)?.GetValueOrDefault("python_function") is IReadOnlyDictionary<string, object> function
            ? function.GetValueOrDefault("predict_fn") as string
            : null;
}
