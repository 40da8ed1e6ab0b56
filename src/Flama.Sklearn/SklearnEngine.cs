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
    public bool Recognizes(ReadOnlySpan<byte> payload) => PickleReader.LooksLikePickle(payload) || NativeFile.IsNative(payload);

    /// <inheritdoc/>
    public Model Load(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            var read = EstimatorChoice.Make(source.Name, NativeFile.TryOpen(source.Payload.Span) ?? ReadPickle(source));
            return new SklearnModel(
                read.Estimator, source.Metadata ?? BareMetadata.Of(source, read.Estimator, read.Value, read.Loader), read.Loader.Warnings);
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

    private static object? ReadPickle(ModelSource source)
    {
        try
        {
            return PickleReader.Read(source.Payload, globals: SklearnGlobals.Table);
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
