using Flama.Pickle.Numpy;

namespace Flama.Pickle.Pandas;

/// <summary>What a frame or series holds: its axes, and its values in blocks of columns of one type.</summary>
/// <param name="Axes">The labels of columns and rows, as the file has them.</param>
/// <param name="Blocks">The values.</param>
internal sealed record PandasBlocks(IReadOnlyList<object?> Axes, IReadOnlyList<(object? Values, object? Columns)> Blocks)
{
    /// <summary>What holds the values of an object of a class of pandas; null when it is of another class.</summary>
    public static PickleObject? ManagerOf(object? value, string @class) =>
        value is PickleObject { Attributes: { } attributes } pickled && pickled.Class.Name == @class
        && pickled.Class.Module.StartsWith("pandas.", StringComparison.Ordinal)
        && (attributes.TryGetValue("_mgr", out var manager) || attributes.TryGetValue("_data", out manager))
            ? manager as PickleObject
            : null;

    /// <summary>Reads a block manager: the axes and blocks that it is called with, or those of its state.</summary>
    public static PandasBlocks? Read(PickleObject manager)
    {
        if (manager.Arguments is { Count: >= 2 } arguments && Items(arguments[0]) is { } made && Items(arguments[1]) is { } axes)
        {
            return OfBlocks(axes, made);
        }

        if (manager.State is PickleTuple { Count: 4 } state
            && state[3] is PickleDict byVersion && byVersion.TryGetValue("0.14.1", out var value) && value is PickleDict parts
            && parts.TryGetValue("axes", out var stateAxes) && Items(stateAxes) is { } axesOfState
            && parts.TryGetValue("blocks", out var stateBlocks) && Items(stateBlocks) is { } blocksOfState)
        {
            return OfState(axesOfState, blocksOfState);
        }

        return null;
    }

    /// <summary>The labels of an axis; null when they are of a kind that is not read.</summary>
    public static NdArray? LabelsOf(object? axis) => axis is PickleObject index && PandasIndex.TryRead(index, out var labels) ? labels : null;

    /// <summary>The values of a block as an array, texts and categories as objects; null when they are of a kind that is not read.</summary>
    public static NdArray? ArrayOf(object? values) => values switch
    {
        NdArray array => array,
        PickleObject texts when PandasTexts.TryRead(texts, out var found) => found,
        PickleObject categories when PandasCategories.TryRead(categories, out var found) => found.ToArray(),
        _ => null,
    };

    private static PandasBlocks? OfBlocks(IReadOnlyList<object?> axes, IReadOnlyList<object?> blocks)
    {
        var found = new List<(object?, object?)>(blocks.Count);
        foreach (var block in blocks)
        {
            if (block is not PickleObject { Arguments: { Count: >= 2 } parts })
            {
                return null;
            }

            found.Add((parts[0], parts[1]));
        }

        return new(axes, found);
    }

    private static PandasBlocks? OfState(IReadOnlyList<object?> axes, IReadOnlyList<object?> blocks)
    {
        var found = new List<(object?, object?)>(blocks.Count);
        foreach (var block in blocks)
        {
            if (block is not PickleDict parts || !parts.TryGetValue("values", out var values) || !parts.TryGetValue("mgr_locs", out var columns))
            {
                return null;
            }

            found.Add((values, columns));
        }

        return new(axes, found);
    }

    private static IReadOnlyList<object?>? Items(object? value) => value switch
    {
        PickleTuple tuple => tuple.Items,
        List<object?> list => list,
        _ => null,
    };
}
