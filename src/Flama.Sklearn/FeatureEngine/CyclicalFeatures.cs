using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>Adds sine and cosine of each variable, of which training's largest value is one turn.</summary>
/// <remarks>Source: feature_engine.creation.cyclical_features, checked against 1.9.4.</remarks>
internal sealed class CyclicalFeatures : FeatureTransformer
{
    public CyclicalFeatures(EstimatorState state)
        : base(state)
    {
        var variables = Labels.FindAll(state, "variables_");
        var largest = NumbersByColumn(state, "max_values_");
        Outputs =
        [
            .. AllBut(state.Flag("drop_original", false) ? variables : []),
            .. variables.SelectMany(i => Waves(i, largest.TryGetValue(i, out var turn) ? turn : throw state.Fail("its max_values_ lacks a variable"))),
        ];
    }

    private FrameColumns[] Waves(int column, double turn)
    {
        var step = 2.0 * Math.PI / turn;
        return
        [
            new NumberColumn(column, $"{Labels.NameOf(column)}_sin", number => Math.Sin(number * step)),
            new NumberColumn(column, $"{Labels.NameOf(column)}_cos", number => Math.Cos(number * step)),
        ];
    }
}
