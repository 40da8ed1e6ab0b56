namespace Flama.Torch.Operators;

/// <summary>Every operator that can be lowered: the sum of the families' lists. Immutable after it is made; thread-safe.</summary>
internal sealed class OperatorTable
{
    private readonly Dictionary<string, List<OperatorEntry>> entries = new(StringComparer.Ordinal);

    private OperatorTable()
    {
    }

    public static OperatorTable Default { get; } = Make();

    /// <summary>The names of the operators.</summary>
    public IEnumerable<string> Names => entries.Keys;

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

        list.Add(new(schema, lower));
        return this;
    }

    private static OperatorTable Make()
    {
        OperatorTable table = new();
        Activation.ActivationModule.AddTo(table);
        Arithmetic.ArithmeticModule.AddTo(table);
        Attention.AttentionModule.AddTo(table);
        Comparison.ComparisonModule.AddTo(table);
        Convolution.ConvolutionModule.AddTo(table);
        Creation.CreationModule.AddTo(table);
        Embedding.EmbeddingModule.AddTo(table);
        Indexing.IndexingModule.AddTo(table);
        Linear.LinearModule.AddTo(table);
        Loss.LossModule.AddTo(table);
        Normalization.NormalizationModule.AddTo(table);
        Pooling.PoolingModule.AddTo(table);
        Recurrent.RecurrentModule.AddTo(table);
        Reduction.ReductionModule.AddTo(table);
        Resizing.ResizingModule.AddTo(table);
        Shaping.ShapingModule.AddTo(table);
        Sorting.SortingModule.AddTo(table);
        return table;
    }
}
