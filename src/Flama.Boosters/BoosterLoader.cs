using System.Text.Json;

namespace Flama.Boosters;

/// <summary>What the engines of boosters share: a file becomes a model, and whatever is wrong with it a typed error.</summary>
internal static class BoosterLoader
{
    private const string SaveAgain = "The file is damaged or was not written by the library itself; save the model again.";

    /// <summary>Loads a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="options">How to load it.</param>
    /// <param name="read">Makes the booster of the bytes, and what writes its parameters.</param>
    public static BoosterModel Load(
        ModelSource source, LoadOptions options, Func<ReadOnlyMemory<byte>, BoosterErrors, (BoosterPredictor Booster, Action<Utf8JsonWriter> Parameters)> read)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        BoosterErrors errors = new(
            what => new FlamaException(ErrorCodes.InvalidModel, $"'{source.Name}': {what}.", SaveAgain),
            what => new FlamaException(
                ErrorCodes.UnsupportedEstimator, $"'{source.Name}': {what} cannot be evaluated.", "Export the model to ONNX, or train it without this part."));
        var payload = source.Payload.ReadAll();
        options.CancellationToken.ThrowIfCancellationRequested();
        var (booster, parameters) = read(payload, errors);
        options.CancellationToken.ThrowIfCancellationRequested();
        return new(
            booster,
            source.Metadata ?? BareMetadata.Of(source, payload.Span, booster.Framework, booster.FrameworkVersion, booster.Name, parameters));
    }
}
