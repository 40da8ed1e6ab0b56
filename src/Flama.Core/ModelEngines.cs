namespace Flama;

/// <summary>The table of engines an application has. Filled at start, read-only in use.</summary>
public sealed class ModelEngines
{
    private readonly List<IModelEngine> engines = [];

    /// <summary>The engines in the order they were added.</summary>
    public IReadOnlyList<IModelEngine> Engines => engines;

    /// <summary>Adds an engine.</summary>
    /// <exception cref="ArgumentException">An engine of that name is already there.</exception>
    public ModelEngines Add(IModelEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (engines.Exists(existing => string.Equals(existing.Name, engine.Name, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"An engine named '{engine.Name}' is already in the table.", nameof(engine));
        }

        engines.Add(engine);
        return this;
    }

    /// <summary>Loads a model with the engine that its framework, or for a bare file its content, asks for.</summary>
    /// <exception cref="FlamaException">No engine takes it, or the engine refuses it.</exception>
    public Model Load(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var engine = source.Framework is { } framework
            ? engines.Find(candidate => string.Equals(candidate.Name, framework, StringComparison.Ordinal))
            : engines.Find(candidate => candidate.Recognizes(source.Payload.Span));
        if (engine is not null)
        {
            return engine.Load(source);
        }

        var known = engines.Count == 0 ? "none" : string.Join(", ", engines.Select(candidate => candidate.Name));
        throw source.Framework is null
            ? new FlamaException(
                ErrorCodes.NotAModel, $"'{source.Name}' is not a model that any engine recognises.", $"Engines here: {known}.")
            : new FlamaException(
                ErrorCodes.UnsupportedFramework,
                $"'{source.Name}' was made with {source.Framework}, and this framework has no engine yet.",
                $"Engines here: {known}. The package's metadata and artifacts can still be read.");
    }
}
