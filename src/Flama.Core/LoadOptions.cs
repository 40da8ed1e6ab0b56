using Flama.Schemas;

namespace Flama;

/// <summary>How to load a model. Immutable.</summary>
public sealed record LoadOptions
{
    /// <summary>The defaults.</summary>
    public static LoadOptions Default { get; } = new();

    /// <summary>Gives up the load: engines look at it between steps and throw <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Which model of a file that holds several: a key of its dict (<c>churn</c>), a position in its tuple or list (<c>0</c>), or a path as messages list it
    /// (<c>['models']['churn']</c>); null where only one can be meant.
    /// </summary>
    public string? ModelKey { get; init; }

    /// <summary>
    /// What the tensors look like that a model takes, where its file does not tell: a program of PyTorch is lowered for them when it is loaded, shows them and refuses others. Default what its
    /// package tells, else nothing.
    /// </summary>
    public IReadOnlyList<InputShape> InputShapes { get; init; } = [];

    /// <summary>Engines that are asked before those of the table, for models that it has none for: <c>new() { Engines = [new OnnxEngine()] }</c>. Default none.</summary>
    public IReadOnlyList<IModelEngine> Engines { get; init; } = [];

    /// <summary>What rows have to be beyond their types; null for what the model's package tells (<see cref="ModelSource.Schema"/>).</summary>
    public ModelSchema? Schema { get; init; }

    /// <summary>What becomes of rows that are against the schema. Default <see cref="ValidationMode.Strict"/>.</summary>
    public ValidationMode Validation { get; init; }

    /// <summary>Hears of rows that are against the schema and computed all the same (<see cref="ValidationMode.Warn"/>); called by any number of threads. Messages hold values.</summary>
    public Action<FlamaException>? OnViolation { get; init; }

    /// <summary>Whether answers are looked at, for finding faults of models: numbers have to be finite, probabilities to sum to 1 (<see cref="ErrorCodes.InvalidAnswer"/>). Default false.</summary>
    public bool ChecksAnswers { get; init; }
}
