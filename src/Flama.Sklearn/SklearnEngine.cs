using Flama.Pickle;
using Flama.Pickle.Skops;

namespace Flama.Sklearn;

/// <summary>
/// Loads models of scikit-learn and libraries around it (XGBoost and LightGBM too) from pickles, joblib files and archives of skops, without Python and without
/// running code from them.
/// </summary>
/// <remarks>
/// A file that holds a dict with one model is read; other objects beside it, such as a separate scaler, are not applied, and a warning of the model says so. Of a tuple or list, and
/// of several models, <see cref="LoadOptions.ModelKey"/> chooses one; an error lists the keys. Stateless and thread-safe.
/// </remarks>
public sealed class SklearnEngine : IModelEngine
{
    /// <inheritdoc/>
    public string Name => "sklearn";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.Pickle || source.Format == ModelFormats.Joblib || source.Format == ModelFormats.Skops;
    }

    /// <inheritdoc/>
    public Model Load(ModelSource source, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var payload = source.Payload.ReadAll();
            options.CancellationToken.ThrowIfCancellationRequested();
            var limits = PickleLimits.Default.Within(source.FileLength);
            var root = source.Format == ModelFormats.Skops
                ? SkopsReader.Read(payload, limits, SklearnGlobals.Table)
                : PickleReader.Read(payload, limits, SklearnGlobals.Table);
            var read = EstimatorChoice.Make(source.Name, root, options.ModelKey);
            options.CancellationToken.ThrowIfCancellationRequested();
            var metadata = source.Metadata ?? MetadataOf(source, payload.Span, read);
            return new SklearnModel(read.Estimator, metadata, read.Loader.Warnings);
        }
        catch (PickleException exception)
        {
            throw Translate(source, exception);
        }
    }

    /// <summary>Finds everything that a pickle or joblib file names, without loading it, and what <see cref="Load"/> would do with it.</summary>
    /// <param name="source">The file.</param>
    /// <returns>What was found; null where the file is not a pickle.</returns>
    /// <exception cref="FlamaException">The bytes cannot be read.</exception>
    public static PickleAudit? Audit(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.Pickle || source.Format == ModelFormats.Joblib
            ? PickleReader.Audit(source.Payload.ReadAll(), PickleLimits.Default.Within(source.FileLength), SklearnGlobals.Table)
            : null;
    }

    private static ModelMetadata MetadataOf(ModelSource source, ReadOnlySpan<byte> payload, EstimatorChoice read) => BareMetadata.Of(
        source,
        payload,
        (read.Estimator as INativeModel)?.Framework ?? "sklearn",
        read.Estimator is INativeModel native ? native.FrameworkVersion : read.Loader.VersionText,
        read.Estimator.Name,
        writer => EstimatorParameters.Write(writer, read.Value));

    private static FlamaException Translate(ModelSource source, PickleException exception)
    {
        var code = ErrorCodes.All.FirstOrDefault(candidate => candidate.Name == exception.Code) ?? ErrorCodes.Corrupt;
        return exception is { Code: PickleErrorCode.DisallowedGlobal, Global: { } global } && ForeignCode.Explain(global) is var (message, remedy)
            ? new FlamaException(code, $"'{source.Name}' cannot be loaded: {message}.", remedy, exception)
            : new FlamaException(code, $"'{source.Name}': {exception.Message}", exception.Remedy, exception);
    }
}
