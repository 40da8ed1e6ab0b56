using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>A transformer of the library: it works on some variables of a frame and passes the other columns on.</summary>
internal abstract class FeatureTransformer : FrameTransformer
{
    protected FeatureTransformer(EstimatorState state)
        : base(state)
    {
    }

    /// <summary>The library puts a frame's columns into training's order.</summary>
    public override bool SelectsByName => FeatureNames is not null;

    /// <summary>All columns in order: those that are changed in their place, the others passed on.</summary>
    /// <param name="changed">What stands for a column; null for one that is passed on.</param>
    protected IEnumerable<FrameColumns> InPlace(Func<int, FrameColumns?> changed) =>
        Enumerable.Range(0, Labels.Count).Select(i => changed(i) ?? Pass(i));

    /// <summary>The columns that are not among some, passed on.</summary>
    protected IEnumerable<FrameColumns> AllBut(IReadOnlyCollection<int> left) =>
        Enumerable.Range(0, Labels.Count).Where(i => !left.Contains(i)).Select(Pass);

    /// <summary>The values of a dict by column.</summary>
    protected Dictionary<int, object?> ByColumn(EstimatorState state, string name)
    {
        var found = new Dictionary<int, object?>();
        foreach (var (label, value) in state.Entries(name))
        {
            found[Labels.Find(state, label)] = value;
        }

        return found;
    }

    /// <summary>The numbers of a dict by column.</summary>
    protected Dictionary<int, double> NumbersByColumn(EstimatorState state, string name) =>
        ByColumn(state, name).ToDictionary(entry => entry.Key, entry => state.AsScalar(entry.Value, name) is { IsNumber: true } number
            ? number.Number
            : throw state.Fail($"its {name} holds {PythonType.NameOf(entry.Value)} for column '{Labels.NameOf(entry.Key)}', expected a number"));

    /// <summary>A column that is passed on.</summary>
    protected PassedColumn Pass(int column) => new(column, Labels.NameOf(column));
}
