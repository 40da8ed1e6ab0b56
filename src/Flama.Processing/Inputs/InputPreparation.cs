namespace Flama.Processing.Inputs;

/// <summary>Makes a graph's inputs of what a request has. Immutable and thread-safe.</summary>
internal abstract class InputPreparation
{
    /// <summary>How many examples go through a graph together at most: what is in between would otherwise grow with the request.</summary>
    protected const int MaxBatch = 32;

    /// <summary>What a request has.</summary>
    public abstract TensorSpec Spec { get; }

    /// <summary>Something that a request may have, for a trial at load.</summary>
    public abstract string Sample { get; }

    /// <summary>Makes the inputs, some examples at a time.</summary>
    /// <param name="values">The images in base64, or the texts; one or more.</param>
    /// <param name="cancellationToken">Gives up between examples.</param>
    /// <exception cref="FlamaException">One of them cannot be prepared (<see cref="ErrorCodes.InvalidInput"/>, <see cref="ErrorCodes.InputTooLarge"/>).</exception>
    public abstract IEnumerable<PreparedBatch> Prepare(string?[] values, CancellationToken cancellationToken);

    /// <summary>Most examples of a run: 1 for a graph that was exported so.</summary>
    protected static int BatchOf(TensorSpec input, Plans.PlanObject plan) => input.Shape switch
    {
        null or [{ Length: null }, ..] => MaxBatch,
        [{ Length: 1 }, ..] => 1,
        _ => throw plan.Unfit("input", $"is '{input}', whose first dimension is no batch of any length"),
    };
}
