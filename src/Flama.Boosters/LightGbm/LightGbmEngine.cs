using System.Text;
using System.Text.Json;

namespace Flama.Boosters.LightGbm;

/// <summary>Loads LightGBM's own files of text. Loading runs no code.</summary>
/// <remarks>A file is a <c>Booster</c>: which wrapper it came from is not in it. All its rounds count. Stateless and thread-safe.</remarks>
public sealed class LightGbmEngine : IModelEngine
{
    /// <inheritdoc/>
    public string Name => "lightgbm";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.LightGbmText;
    }

    /// <inheritdoc/>
    public Model Load(ModelSource source, LoadOptions options) => BoosterLoader.Load(source, options, Read);

    private static (BoosterPredictor Booster, Action<Utf8JsonWriter> Parameters) Read(ReadOnlyMemory<byte> bytes, BoosterErrors errors) =>
        (LightGbmPredictor.OfBooster(new(errors, Encoding.UTF8.GetString(bytes.Span), null)), WriteParameters);

    private static void WriteParameters(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}
