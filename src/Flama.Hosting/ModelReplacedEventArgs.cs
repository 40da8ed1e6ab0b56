namespace Flama.Hosting;

/// <summary>Tells that a model was replaced.</summary>
/// <param name="loaded">The new model.</param>
public sealed class ModelReplacedEventArgs(LoadedModel loaded) : EventArgs
{
    /// <summary>The new model.</summary>
    public LoadedModel Loaded => loaded;
}
