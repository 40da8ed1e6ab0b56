using Flama.Sklearn;

namespace Flama.ConformanceTests;

/// <summary>Loads the model of a golden case.</summary>
internal static class GoldenModel
{
    /// <summary>The model; null when its estimator cannot be evaluated here.</summary>
    public static Model? Load(SklearnCase golden)
    {
        try
        {
            return new SklearnEngine().Load(new ModelSource(golden.Name, golden.Model));
        }
        catch (FlamaException exception) when (exception.Code == ErrorCodes.UnsupportedEstimator)
        {
            return null;
        }
    }
}
