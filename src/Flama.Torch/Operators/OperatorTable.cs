namespace Flama.Torch.Operators;

/// <summary>Every operator that can be lowered: the sum of the families' lists. Immutable after it is made; thread-safe.</summary>
internal sealed class OperatorTable
{
    private readonly Dictionary<string, List<OperatorEntry>> entries = new(StringComparer.Ordinal);

    private string family = "";

    private OperatorTable()
    {
    }

    public static OperatorTable Default { get; } = Make();

    /// <summary>Every overload.</summary>
    public IEnumerable<OperatorEntry> Entries => entries.Values.SelectMany(static list => list);

    /// <summary>Finds the overloads of an operator; null for one that is not there.</summary>
    public IReadOnlyList<OperatorEntry>? Find(string name) => entries.GetValueOrDefault(name);

    /// <summary>Adds an overload.</summary>
    /// <param name="declaration">As torch declares it.</param>
    /// <param name="lower">How it is lowered.</param>
    public OperatorTable Add(string declaration, OperatorLowering lower)
    {
        var schema = Schema.Parse(declaration);
        if (!entries.TryGetValue(schema.Name, out var list))
        {
            entries[schema.Name] = list = [];
        }

        list.Add(new(schema, lower, family));
        return this;
    }

    /// <summary>Adds an operator that cannot be lowered, for the sake of a reason.</summary>
    /// <param name="declaration">As torch declares it.</param>
    /// <param name="why">Why not: <c>it answers by chance</c>.</param>
    public OperatorTable Refuse(string declaration, string why)
    {
        Add(declaration, call => throw call.Refused(why));
        entries[Schema.Parse(declaration).Name][^1] = entries[Schema.Parse(declaration).Name][^1] with { Refusal = why };
        return this;
    }

    private void AddFamily(string name, Action<OperatorTable> add)
    {
        family = name;
        add(this);
    }

    private static OperatorTable Make()
    {
        OperatorTable table = new();
        table.AddFamily("Activation", Activation.ActivationModule.AddTo);
        table.AddFamily("Arithmetic", Arithmetic.ArithmeticModule.AddTo);
        table.AddFamily("Attention", Attention.AttentionModule.AddTo);
        table.AddFamily("Comparison", Comparison.ComparisonModule.AddTo);
        table.AddFamily("Convolution", Convolution.ConvolutionModule.AddTo);
        table.AddFamily("Creation", Creation.CreationModule.AddTo);
        table.AddFamily("Embedding", Embedding.EmbeddingModule.AddTo);
        table.AddFamily("Indexing", Indexing.IndexingModule.AddTo);
        table.AddFamily("Linear", Linear.LinearModule.AddTo);
        table.AddFamily("Loss", Loss.LossModule.AddTo);
        table.AddFamily("Normalization", Normalization.NormalizationModule.AddTo);
        table.AddFamily("Pooling", Pooling.PoolingModule.AddTo);
        table.AddFamily("Recurrent", Recurrent.RecurrentModule.AddTo);
        table.AddFamily("Reduction", Reduction.ReductionModule.AddTo);
        table.AddFamily("Resizing", Resizing.ResizingModule.AddTo);
        table.AddFamily("Shaping", Shaping.ShapingModule.AddTo);
        table.AddFamily("Sorting", Sorting.SortingModule.AddTo);
        return table;
    }
}
