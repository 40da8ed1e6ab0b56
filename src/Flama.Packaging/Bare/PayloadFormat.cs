using Flama.Compression;
using Flama.Packaging.Reading;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Bare;

/// <summary>Finds the format of the payload of a package: by its content, with the framework as a hint where the content does not tell.</summary>
internal static class PayloadFormat
{
    private const int PeekSize = 512;

    public static ModelFormat Find(PackageFile package, ReadOnlyMemory<byte> payload, string? framework) =>
        OfContent(package, payload) ?? OfFramework(framework) ?? ModelFormats.Unknown;

    private static ModelFormat? OfContent(PackageFile package, ReadOnlyMemory<byte> payload)
    {
        var start = payload.Span[..Math.Min(payload.Length, PeekSize)];
        try
        {
            return BareFile.Recognize(new PackageFile(package.Name, new MemoryByteSource(payload), package.Limits), start)
                ?? (CodecTable.Detect(start[..Math.Min(start.Length, 16)]) is not null ? ModelFormats.Joblib : null);
        }
        catch (FlamaException)
        {
            // Damaged: the engine of the framework meets it again and tells it.
            return null;
        }
    }

    private static ModelFormat? OfFramework(string? framework) => framework switch
    {
        "sklearn" or "xgboost" or "lightgbm" => ModelFormats.Pickle,
        "torch" => ModelFormats.TorchExport,
        "keras" => ModelFormats.Keras,
        "tensorflow" => ModelFormats.SavedModel,
        "transformers" => ModelFormats.Transformers,
        "onnx" => ModelFormats.Onnx,
        _ => null,
    };
}
