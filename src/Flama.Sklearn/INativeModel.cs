namespace Flama.Sklearn;

/// <summary>A model of a library beside scikit-learn, which has files of its own.</summary>
internal interface INativeModel
{
    /// <summary>The library, for example <c>xgboost</c>.</summary>
    string Framework { get; }

    /// <summary>The version that wrote the model, as its file spells it; empty when it does not say.</summary>
    string FrameworkVersion { get; }
}
