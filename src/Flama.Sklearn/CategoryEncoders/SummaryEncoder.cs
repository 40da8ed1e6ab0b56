using System.Globalization;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>Replaces each encoded column by one for each quantile of the target in its category.</summary>
/// <remarks>It holds a QuantileEncoder for each quantile. Source: category_encoders.quantile_encoder, checked against 2.6.4 and 2.11.2.</remarks>
internal sealed class SummaryEncoder : CategoryTransformer
{
    public SummaryEncoder(EstimatorState state)
        : base(state)
    {
        var encoders = state.List("encoder_list").Select((item, i) => Read(state.Part(item, $"encoder_list[{i}]"))).ToArray();
        var outputs = new List<FrameColumns>();
        for (var i = 0; i < Labels.Count; i++)
        {
            if (encoders.Length > 0 && encoders[0].ContainsKey(i))
            {
                outputs.AddRange(encoders.Select(columns => columns.GetValueOrDefault(i) ?? throw state.Fail("its encoders encode different columns")));
            }
            else
            {
                outputs.Add(Pass(state, i));
            }
        }

        Outputs = Without(state, outputs, "drop_cols");
    }

    private Dictionary<int, ValueColumn> Read(EstimatorState encoder)
    {
        var categories = ReadCategories(encoder);
        var percent = Math.Round(encoder.Number("quantile") * 100).ToString(CultureInfo.InvariantCulture);
        return ReadMapping(encoder).ToDictionary(
            entry => entry.Key,
            entry => new ValueColumn(
                categories.GetValueOrDefault(entry.Key) ?? throw encoder.Fail($"its column '{Labels.NameOf(entry.Key)}' has values and no categories"),
                $"{Labels.NameOf(entry.Key)}_{percent}",
                CellMap.Read(encoder, entry.Value, $"mapping['{Labels.NameOf(entry.Key)}']")));
    }
}
