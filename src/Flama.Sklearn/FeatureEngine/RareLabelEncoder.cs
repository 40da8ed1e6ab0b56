namespace Flama.Sklearn.FeatureEngine;

/// <summary>Replaces each cell of a variable that is not among its frequent categories by one label.</summary>
/// <remarks>Source: feature_engine.encoding.rare_label, checked against 1.9.4.</remarks>
internal sealed class RareLabelEncoder : FeatureTransformer
{
    public RareLabelEncoder(EstimatorState state)
        : base(state)
    {
        var frequent = ByColumn(state, "encoder_dict_");
        var variables = Labels.FindAll(state, "variables_").ToHashSet();
        var label = state.AsScalar(state.Required("replace_with"), "replace_with");
        var refusesMissing = state.Choice("missing_values", "raise", "ignore") == "raise";
        Outputs =
        [
            .. InPlace(i => variables.Contains(i)
                ? new RareColumn(i, Labels.NameOf(i), state.AsScalars(frequent.GetValueOrDefault(i) ?? throw state.Fail("its encoder_dict_ lacks a variable"), "encoder_dict_"), label, refusesMissing)
                : null),
        ];
    }
}
