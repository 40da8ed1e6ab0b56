using Flama.Schemas;

namespace Flama;

/// <summary>The table of engines an application has. Filled at start, read-only in use.</summary>
public sealed class ModelEngines
{
    private readonly List<IModelEngine> engines = [];

    /// <summary>The engines in the order they were added.</summary>
    public IReadOnlyList<IModelEngine> Engines => engines;

    /// <summary>Adds an engine. Of several that take the same format, the one added first loads it.</summary>
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

    /// <summary>Adds an engine that is asked before all that are there and that are added with <see cref="Add"/>: one that stands on others.</summary>
    /// <exception cref="ArgumentException">An engine of that name is already there.</exception>
    public ModelEngines AddFirst(IModelEngine engine)
    {
        Add(engine);
        engines.RemoveAt(engines.Count - 1);
        engines.Insert(0, engine);
        return this;
    }

    /// <summary>Finds the engine that loads a source: the first that can; null when none can.</summary>
    public IModelEngine? Find(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return engines.Find(engine => engine.CanLoad(source));
    }

    /// <summary>Loads a model with the first engine that takes its format.</summary>
    /// <param name="source">The model's bytes and what they are.</param>
    /// <param name="options">How to load it; null for <see cref="LoadOptions.Default"/>.</param>
    /// <exception cref="FlamaException">
    /// No engine takes the format (<see cref="ErrorCodes.UnsupportedFramework"/>; the message tells what the file is, the remedy the way out), or
    /// the engine refuses the model.
    /// </exception>
    /// <exception cref="OperationCanceledException"><see cref="LoadOptions.CancellationToken"/> was cancelled.</exception>
    public Model Load(ModelSource source, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= LoadOptions.Default;
        options.CancellationToken.ThrowIfCancellationRequested();
        options = source.ModelKey is { } key && options.ModelKey is null ? options with { ModelKey = key } : options;
        var engine = options.Engines.FirstOrDefault(engine => engine.CanLoad(source)) ?? Find(source) ?? throw Refusal(source);
        if (options.InputShapes.Count > 0 && !engine.TakesInputShapes(source))
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"The input shape '{SafeText.OneLine(options.InputShapes[0].ToString(), 100)}' is given, and '{source.Name}' tells its inputs itself.", "Leave the shape out; it is for programs of PyTorch.");
        }

        options = options.InputShapes.Count == 0 && source.InputShapes.Count > 0 ? options with { InputShapes = source.InputShapes } : options;
        var model = engine.Load(source, options);
        model = DescribedModel.Of(model, source);
        model = source.Before.Count == 0 ? model : Chain(source, model, new LoadOptions { CancellationToken = options.CancellationToken, Engines = options.Engines });
        return CheckedModel.Of(model, source, options);
    }

    private ChainedModel Chain(ModelSource source, Model last, LoadOptions options)
    {
        var steps = new List<Model>(source.Before.Count);
        try
        {
            foreach (var step in source.Before)
            {
                steps.Add(Load(step, options));
            }

            return new ChainedModel(steps, last);
        }
        catch
        {
            steps.ForEach(step => step.Dispose());
            last.Dispose();
            throw;
        }
    }

    /// <summary>The failure for a source that no engine takes: what the file is, and the way out.</summary>
    public FlamaException Refusal(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var format = source.Format;
        var verb = source.Framework is null ? "is" : "holds";
        if (!format.IsModel)
        {
            return new FlamaException(ErrorCodes.NotAModel, $"'{source.Name}' {verb} {format.Description}, not a model.", format.Remedy);
        }

        return new FlamaException(
            ErrorCodes.UnsupportedFramework,
            engines.Count == 0
                ? $"'{source.Name}' {verb} {format.Description}, and the table of engines is empty."
                : $"'{source.Name}' {verb} {format.Description}, which no engine here loads.",
            format.Remedy);
    }
}
