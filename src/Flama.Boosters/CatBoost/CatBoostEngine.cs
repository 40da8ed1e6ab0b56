namespace Flama.Boosters.CatBoost;

/// <summary>Loads CatBoost's own files: the binary form (<c>.cbm</c>) and JSON. Loading runs no code.</summary>
/// <remarks>
/// The Python class that trained a model is not in its file and goes by the loss: a model of a classifier's loss answers as <c>CatBoostClassifier</c>. Models with text or
/// embedding features are refused. Stateless and thread-safe.
/// </remarks>
public sealed class CatBoostEngine : IModelEngine
{
    /// <inheritdoc/>
    public string Name => "catboost";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.CatBoostBinary || source.Format == ModelFormats.CatBoostJson;
    }

    /// <inheritdoc/>
    public Model Load(ModelSource source, LoadOptions options) => BoosterLoader.Load(source, options, (bytes, errors) =>
    {
        var predictor = CatBoostPredictor.Read(bytes, null, errors);
        return (predictor, predictor.WriteParameters);
    });
}
