using Flama.Pickle;
using Flama.Pickle.Numpy;
using Flama.Pickle.Pandas;

namespace Flama.Sklearn.Compose;

/// <summary>Reads which columns a part of a <see cref="ColumnTransformer"/> takes.</summary>
internal static class ColumnSelection
{
    /// <summary>
    /// The positions that a stored selection means: an int or string, a list or array of them, a boolean mask, or a slice (by name the
    /// end is included, by position it is not). Negative positions count from the end.
    /// </summary>
    public static int[] Resolve(EstimatorState state, object? selection, int features, IReadOnlyList<string>? names)
    {
        switch (selection)
        {
            case string name:
                return [PositionOf(state, name, names)];
            case long position:
                return [PositionOf(state, position, features)];
            case PickleObject { Class.Name: "slice", Arguments.Count: 3 } slice:
                return Slice(state, slice.Arguments, features, names);
            case NdArray { Type.Kind: DTypeKind.Boolean } mask:
                return Mask(state, mask.ToBooleans(), features);
            case NdArray array:
                return Many(state, array.ToObjects(), features, names);
            case PickleObject instance when PandasIndex.TryRead(instance, out var labels):
                return Many(state, labels.ToObjects(), features, names);
            case PickleObject instance when PandasTexts.TryRead(instance, out var texts):
                return Many(state, texts.ToObjects(), features, names);
            case PickleObject { Attributes: { } attributes } when attributes.TryGetValue("data", out var data):
                return Resolve(state, data, features, names);
            default:
                var items = EstimatorState.ItemsOf(selection)
                    ?? throw state.Fail($"a column selection is {PythonType.NameOf(selection)}, expected names, positions, a mask or a slice");
                return items.Count > 0 && items.All(item => item is bool)
                    ? Mask(state, [.. items.Select(item => (bool)item!)], features)
                    : Many(state, items, features, names);
        }
    }

    private static int[] Many(EstimatorState state, IReadOnlyList<object?> items, int features, IReadOnlyList<string>? names) =>
    [
        .. items.Select(item => item switch
        {
            string name => PositionOf(state, name, names),
            long position => PositionOf(state, position, features),
            _ => throw state.Fail($"a column is {PythonType.NameOf(item)}, expected a name or a position"),
        }),
    ];

    private static int[] Mask(EstimatorState state, bool[] mask, int features) => mask.Length == features
        ? [.. Enumerable.Range(0, features).Where(i => mask[i])]
        : throw state.Fail($"a column mask has {mask.Length} values and the model takes {features} features");

    // Between names the end is included and a step is ignored; between positions it is Python's slice.
    private static int[] Slice(EstimatorState state, PickleTuple parts, int features, IReadOnlyList<string>? names)
    {
        if (parts[0] is string || parts[1] is string)
        {
            var start = parts[0] is null ? 0 : PositionOf(state, NameOf(state, parts[0]), names);
            var end = parts[1] is null ? features : PositionOf(state, NameOf(state, parts[1]), names) + 1;
            return [.. Enumerable.Range(start, Math.Max(end - start, 0))];
        }

        var step = EndOf(state, parts[2]) ?? 1;
        if (step == 0)
        {
            throw state.Fail("a column slice has step 0");
        }

        var first = Bound(EndOf(state, parts[0]), features, step, step > 0 ? 0 : features - 1);
        var last = Bound(EndOf(state, parts[1]), features, step, step > 0 ? features : -1);
        List<int> positions = [];
        for (var i = first; step > 0 ? i < last : i > last; i += Math.Clamp(step, -features - 1, features + 1))
        {
            positions.Add((int)i);
        }

        return [.. positions];
    }

    private static string NameOf(EstimatorState state, object? value) =>
        value as string ?? throw state.Fail($"a column slice mixes names and {PythonType.NameOf(value)}");

    private static long? EndOf(EstimatorState state, object? value) => value switch
    {
        null => null,
        long position => position,
        _ => throw state.Fail($"a column slice has {PythonType.NameOf(value)}"),
    };

    private static long Bound(long? position, int features, long step, long absent)
    {
        if (position is not { } value)
        {
            return absent;
        }

        value = value < 0 ? value + features : value;
        return step > 0 ? Math.Clamp(value, 0, features) : Math.Clamp(value, -1, features - 1);
    }

    private static int PositionOf(EstimatorState state, string name, IReadOnlyList<string>? names)
    {
        for (var i = 0; names is not null && i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        throw state.Fail($"it selects the column '{name}', which is not among its features");
    }

    private static int PositionOf(EstimatorState state, long position, int features)
    {
        var wrapped = position < 0 ? position + features : position;
        return wrapped >= 0 && wrapped < features
            ? (int)wrapped
            : throw state.Fail($"it selects column {position} and takes {features} features");
    }
}
