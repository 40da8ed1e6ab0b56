using Flama.Compression;
using Flama.Packaging.Reading;
using Flama.Packaging.Sources;
using Flama.Packaging.Tar;

namespace Flama.Packaging.Bare;

/// <summary>Finds the format of the payload of a package: by its content, with the framework as a hint where the content does not tell.</summary>
internal static class PayloadFormat
{
    public static ModelFormat Find(PackageFile package, ModelPayload payload, string? framework)
    {
        using var source = new StreamByteSource(payload.OpenRead());
        return OfContent(new PackageFile(package.Name, source, package.Limits)) is { IsModel: true } content ? content
            : OfFramework(framework) ?? ModelFormats.Unknown;
    }

    private static ModelFormat? OfContent(PackageFile payload)
    {
        Span<byte> buffer = stackalloc byte[TarFormat.BlockSize];
        ReadOnlySpan<byte> start = buffer[..payload.Source.Read(0, buffer)];
        try
        {
            return TarFormat.IsHeader(start) && !PickleProbe.IsPickle(start) ? TarProbe.Recognize(payload)
                : FormatProbe.Recognize(payload, start)
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
        "sklearn" or "xgboost" or "lightgbm" or "catboost" => ModelFormats.Pickle,
        "torch" => ModelFormats.TorchExport,
        "keras" => ModelFormats.Keras,
        "tensorflow" => ModelFormats.SavedModel,
        "transformers" => ModelFormats.Transformers,
        "onnx" => ModelFormats.Onnx,
        _ => null,
    };
}
