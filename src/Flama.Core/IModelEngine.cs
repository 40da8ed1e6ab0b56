namespace Flama;

/// <summary>Turns the files of some formats into a <see cref="Model"/> without running code that they bring. Stateless, thread-safe.</summary>
public interface IModelEngine
{
    /// <summary>The engine's name, unique in a table of engines, for example <c>sklearn</c>.</summary>
    string Name { get; }

    /// <summary>Whether the engine takes a source, by its format; says nothing of whether the model in it is sound.</summary>
    /// <param name="source">The source; its payload need not be read for this.</param>
    bool CanLoad(ModelSource source);

    /// <summary>Whether the engine heeds <see cref="LoadOptions.InputShapes"/>: whether its models leave shapes open that a user can tell. Default false.</summary>
    /// <param name="source">A source that <see cref="CanLoad"/> takes.</param>
    bool TakesInputShapes(ModelSource source) => false;

    /// <summary>Loads the model and checks everything that predicting relies on.</summary>
    /// <param name="source">A source that <see cref="CanLoad"/> takes.</param>
    /// <param name="options">How to load it.</param>
    /// <exception cref="FlamaException">The bytes are not a model of this engine, or not a sound one.</exception>
    /// <exception cref="OperationCanceledException"><see cref="LoadOptions.CancellationToken"/> was cancelled.</exception>
    Model Load(ModelSource source, LoadOptions options);
}
