using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>
/// Loads models of scikit-learn and libraries in its style (XGBoost and LightGBM too) from pickles and joblib files, without Python and without running code
/// from them.
/// </summary>
/// <remarks>
/// A file that holds a dict, list or tuple is read when there is one model in it; other objects beside it, such as a separate scaler, are not applied, and a warning
/// of the model says so. Stateless and thread-safe.
/// </remarks>
public sealed class SklearnEngine : IModelEngine
{
    /// <inheritdoc/>
    public string Name => "sklearn";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.Pickle || source.Format == ModelFormats.Joblib;
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
            var read = EstimatorChoice.Make(source.Name, PickleReader.Read(payload, PickleLimits.Default.Within(source.FileLength), SklearnGlobals.Table));
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
        return new FlamaException(code, $"'{source.Name}': {exception.Message}", exception.Remedy, exception);
    }
}
