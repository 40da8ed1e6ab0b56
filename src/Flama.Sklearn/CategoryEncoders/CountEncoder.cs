using Flama.Pickle;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>Replaces each cell of the encoded columns by how often its category was in training.</summary>
/// <remarks>
/// Unknown categories count 0, or a number that was set; where missing cells are to be NaN, unknown ones are too. Rare categories were put into a group that has the count of
/// all of them. Source: category_encoders.count, checked against 2.6.4 and 2.11.2.
/// </remarks>
internal sealed class CountEncoder : CategoryTransformer
{
    public CountEncoder(EstimatorState state)
        : base(state)
    {
        var mapping = ReadMapping(state);
        Outputs = Arrange(state, i => mapping.TryGetValue(i, out var counts) ? Read(state, i, counts) : null);
    }

    private RawColumn Read(EstimatorState state, int column, object? counts)
    {
        var unknown = Setting(state, "_handle_unknown", column);
        var absent = unknown switch
        {
            long number => number,
            "error" => (double?)null,
            "value" => Setting(state, "_handle_missing", column) is "return_nan" ? double.NaN : 0,
            _ => double.NaN,
        };
        return new(column, Labels.NameOf(column), CellMap.Read(state, counts, $"mapping['{Labels.NameOf(column)}']"))
        {
            Unknown = absent,
            Missing = state.Value("handle_missing") is "error" ? null : absent,
            TakesNoneForNaN = true,
            Group = Groups(state, column),
        };
    }

    private object? Setting(EstimatorState state, string name, int column)
    {
        foreach (var (label, value) in state.Entries(name))
        {
            if (Labels.Has(label) && Labels.Find(state, label) == column)
            {
                return value;
            }
        }

        throw state.Fail($"its {name} says nothing of column '{Labels.NameOf(column)}'");
    }

    private Func<string?, double, (string? Text, double Number)>? Groups(EstimatorState state, int column)
    {
        if (state.Value("_min_group_categories") is not PickleDict groups
            || groups.FirstOrDefault(entry => Labels.Has(entry.Key) && Labels.Find(state, entry.Key) == column).Value is not PickleDict members)
        {
            return null;
        }

        Scalar[] cells = [.. members.Select(member => state.AsScalar(member.Key, "_min_group_categories"))];
        Scalar[] names = [.. members.Select(member => state.AsScalar(member.Value, "_min_group_categories"))];
        var positions = new CellMap(cells, [.. Enumerable.Range(0, cells.Length).Select(i => (double)i)]);
        return (text, number) => positions.TryFind(text, number, out var position)
            ? (names[(int)position].Text, names[(int)position].IsNumber ? names[(int)position].Number : double.NaN)
            : (text, number);
    }
}
