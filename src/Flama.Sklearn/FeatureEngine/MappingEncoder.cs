using Flama.Pickle;
using Flama.Sklearn.CategoryEncoders;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>Replaces each cell of a variable by the number of its category: counts, means, ordinals, weights of evidence, predictions of a tree.</summary>
/// <remarks>
/// An unknown category gives NaN, a number that training kept for it, or an error. Source: feature_engine.encoding, checked against 1.9.4.
/// </remarks>
internal sealed class MappingEncoder : FeatureTransformer
{
    public MappingEncoder(EstimatorState state)
        : base(state)
    {
        var mapping = ByColumn(state, "encoder_dict_");
        double? unknown = state.Choice("unseen", "ignore", "raise", "encode") switch
        {
            "raise" => null,
            "encode" => state.Number("_unseen"),
            _ => double.NaN,
        };
        var refusesMissing = state.Value("missing_values") is null or "raise";
        Outputs = [.. InPlace(i => mapping.TryGetValue(i, out var values) ? Read(state, i, values, unknown, refusesMissing) : null)];
    }

    private RawColumn Read(EstimatorState state, int column, object? values, double? unknown, bool refusesMissing)
    {
        if (values is not PickleDict entries)
        {
            throw state.Fail($"its encoder_dict_ holds {PythonType.NameOf(values)}, expected a dict for each variable");
        }

        Scalar[] cells = [.. entries.Select(entry => state.AsScalar(entry.Key, "encoder_dict_"))];
        Scalar[] numbers = [.. entries.Select(entry => state.AsScalar(entry.Value, "encoder_dict_"))];
        return numbers.All(number => number.IsNumber)
            ? new(column, Labels.NameOf(column), new CellMap(cells, [.. numbers.Select(number => number.Number)]))
            {
                Unknown = unknown,
                Missing = refusesMissing ? null : unknown,
                TakesNoneForNaN = true,
            }
            : throw state.Fail("its encoder_dict_ holds values that are not numbers");
    }
}
