using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>
/// Loads models that scikit-learn, XGBoost or LightGBM wrote, from pickles, joblib files and the boosters' own files, without Python and without running
/// code from them.
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
        return IsPickle(source.Format) || NativeFile.IsNative(source.Format);
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
            var read = EstimatorChoice.Make(
                source.Name, NativeFile.IsNative(source.Format) ? NativeFile.Open(payload.Span) : ReadPickle(source, payload));
            options.CancellationToken.ThrowIfCancellationRequested();
            var metadata = source.Metadata ?? BareMetadata.Of(source, payload.Span, read.Estimator, read.Value, read.Loader);
            return new SklearnModel(read.Estimator, metadata, read.Loader.Warnings);
        }
        catch (PickleException exception)
        {
            throw Translate(source, exception);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException or IndexOutOfRangeException or InvalidCastException or InvalidOperationException)
        {
            throw new FlamaException(
                ErrorCodes.InvalidModel, $"'{source.Name}' contradicts itself and cannot be evaluated.", "Save the model again.", exception);
        }
    }

    private static bool IsPickle(ModelFormat format) => format == ModelFormats.Pickle || format == ModelFormats.Joblib;

    private static object? ReadPickle(ModelSource source, ReadOnlyMemory<byte> payload)
    {
        try
        {
            return PickleReader.Read(payload, globals: SklearnGlobals.Table);
        }
        catch (PickleException exception)
        {
            throw Translate(source, exception);
        }
    }

    private static FlamaException Translate(ModelSource source, PickleException exception)
    {
        var code = ErrorCodes.All.FirstOrDefault(candidate => candidate.Name == exception.Code) ?? ErrorCodes.Corrupt;
        return new FlamaException(code, $"'{source.Name}': {exception.Message}", exception.Remedy, exception);
    }
}
