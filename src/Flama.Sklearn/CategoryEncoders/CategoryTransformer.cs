using Flama.Pickle;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>An encoder of the library: some columns of a frame are encoded, the others come out as they went in.</summary>
internal abstract class CategoryTransformer : FrameTransformer
{
    protected CategoryTransformer(EstimatorState state)
        : base(state)
    {
    }

    /// <summary>Lays the output out: each encoded column in its place, the others passed on, and columns that never varied left out where training was told so.</summary>
    /// <param name="state">The encoder.</param>
    /// <param name="encoded">What stands for a column; null for one that is passed on.</param>
    protected IReadOnlyList<FrameColumns> Arrange(EstimatorState state, Func<int, FrameColumns?> encoded)
    {
        var outputs = new List<FrameColumns>();
        for (var i = 0; i < Labels.Count; i++)
        {
            outputs.Add(encoded(i) ?? Pass(state, i));
        }

        return Without(state, outputs, "invariant_cols");
    }

    /// <summary>A column that is passed on. Where training chose the columns to encode, those left over hold no strings.</summary>
    protected PassedColumn Pass(EstimatorState state, int column) => new(column, Labels.NameOf(column), !state.Flag("use_default_cols", false));

    /// <summary>Leaves out the columns of some names.</summary>
    protected static IReadOnlyList<FrameColumns> Without(EstimatorState state, IReadOnlyList<FrameColumns> outputs, string attribute)
    {
        if (!state.Flag("drop_invariant", false) || state.Value(attribute) is null)
        {
            return outputs;
        }

        var dropped = state.Values(attribute).Select(FrameLabels.Text).ToHashSet(StringComparer.Ordinal);
        return dropped.Count == 0 ? outputs : [.. outputs.Select(output => KeptColumns.Of(output, dropped)).OfType<FrameColumns>()];
    }

    /// <summary>The encoders of the columns, by position.</summary>
    protected Dictionary<int, CategoryColumn> ReadCategories(EstimatorState state) =>
        CategoryColumn.ReadAll(state, Labels, state.Part(state.Required("ordinal_encoder"), "ordinal_encoder"));

    /// <summary>The entries of a mapping that is a dict from column to something.</summary>
    protected Dictionary<int, object?> ReadMapping(EstimatorState state)
    {
        var found = new Dictionary<int, object?>();
        foreach (var (label, value) in state.Entries("mapping"))
        {
            found[Labels.Find(state, label)] = value;
        }

        return found;
    }

    /// <summary>The entries of a mapping that is a list of dicts with a column and a frame.</summary>
    protected Dictionary<int, CodeRows> ReadFrames(EstimatorState state)
    {
        var found = new Dictionary<int, CodeRows>();
        var items = state.List("mapping");
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not PickleDict entry || !entry.TryGetValue("col", out var label) || !entry.TryGetValue("mapping", out var rows))
            {
                throw state.Fail($"mapping[{i}] is {PythonType.NameOf(items[i])}, expected a dict with 'col' and 'mapping'");
            }

            found[Labels.Find(state, label)] = CodeRows.Read(state, rows, $"mapping[{i}]");
        }

        return found;
    }
}
