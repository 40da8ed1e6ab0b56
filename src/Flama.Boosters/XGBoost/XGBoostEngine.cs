using System.Text.Json;

namespace Flama.Boosters.XGBoost;

/// <summary>Loads XGBoost's own files: JSON, UBJSON and the binary form of 0.90 to 3.0. Loading runs no code.</summary>
/// <remarks>
/// <c>Booster.save_model</c> makes a <c>Booster</c>; a wrapper's <c>save_model</c> leaves a note in the file that tells which wrapper it was. Stateless and thread-safe.
/// </remarks>
public sealed class XGBoostEngine : IModelEngine
{
    /// <inheritdoc/>
    public string Name => "xgboost";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.XGBoostJson || source.Format == ModelFormats.XGBoostUbjson || source.Format == ModelFormats.XGBoostBinary;
    }

    /// <inheritdoc/>
    public Model Load(ModelSource source, LoadOptions options) => BoosterLoader.Load(source, options, Read);

    private static (BoosterPredictor Booster, Action<Utf8JsonWriter> Parameters) Read(ReadOnlyMemory<byte> bytes, BoosterErrors errors)
    {
        var document = BoosterDocument.Read(bytes.Span);
        if (XGBoostNote.Read(document) is (var wrapper, var note))
        {
            XGBoostModelReader reader = new(errors, document) { ParallelTrees = XGBoostNote.ParallelTrees(note) };
            return (XGBoostPredictor.OfWrapper(reader, wrapper, errors), writer => XGBoostNote.WriteParameters(writer, note));
        }

        return (XGBoostPredictor.OfBooster(new(errors, document)), writer => WriteParameters(writer, document.Object("learner")!));
    }

    private static void WriteParameters(Utf8JsonWriter writer, DocumentObject learner)
    {
        writer.WriteStartObject();
        writer.WriteString("booster", learner.Object("gradient_booster")?.Text("name"));
        writer.WriteString("objective", learner.Object("objective")?.Text("name"));
        writer.WriteEndObject();
    }
}
