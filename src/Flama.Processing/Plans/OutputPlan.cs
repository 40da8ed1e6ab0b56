using Flama.Processing.Outputs;

namespace Flama.Processing.Plans;

/// <summary>What is made of an output of the graph: <c>processing.output</c>. Immutable.</summary>
internal sealed record OutputPlan
{
    private const int MaxTopK = 10_000;

    /// <summary>The object, for messages.</summary>
    public required PlanObject Source { get; init; }

    /// <summary>The graph's output; null for its only one.</summary>
    public string? Name { get; init; }

    /// <summary>How the tokens of a text become one vector; null for not at all.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>Whether vectors are divided by their length.</summary>
    public bool Normalizes { get; init; }

    /// <summary>Whether dimensions of length 1 behind the first are left out.</summary>
    public bool Squeezes { get; init; }

    public Activation? Activation { get; init; }

    /// <summary>Whether the answer is the largest class.</summary>
    public bool IsArgmax { get; init; }

    /// <summary>How many of the largest classes are answered; null for all.</summary>
    public int? TopK { get; init; }

    /// <summary>Whether there are labels.</summary>
    public bool HasLabels { get; init; }

    /// <summary>Whether the output of the graph is answered as it is.</summary>
    public bool IsEmpty => this is { Pooling: null, Normalizes: false, Squeezes: false, Activation: null, IsArgmax: false, TopK: null, HasLabels: false };

    public static OutputPlan Read(PlanObject plan)
    {
        plan.CheckKeys("name", "pooling", "normalize", "squeeze", "activation", "argmax", "top_k", "labels");
        var made = new OutputPlan
        {
            Source = plan,
            Name = plan.Text("name"),
            Pooling = plan.Choice("pooling", ("mean", Outputs.Pooling.Mean), ("cls", Outputs.Pooling.Cls), ("max", Outputs.Pooling.Max)),
            Normalizes = plan.Flag("normalize") ?? false,
            Squeezes = plan.Flag("squeeze") ?? false,
            Activation = plan.Choice("activation", ("softmax", Outputs.Activation.Softmax), ("sigmoid", Outputs.Activation.Sigmoid)),
            IsArgmax = plan.Flag("argmax") ?? false,
            TopK = plan.Count("top_k", MaxTopK),
            HasLabels = plan.Value("labels") is not null,
        };
        return made is { IsArgmax: true, TopK: not null } ? throw plan.Unfit("top_k", "is there beside 'argmax', and one of them is answered") : made;
    }
}
