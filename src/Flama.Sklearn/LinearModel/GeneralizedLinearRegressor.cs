using Flama.Pickle;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.LinearModel;

/// <summary>
/// Generalised linear models: the inverse link of X·coef_ + intercept_. Poisson and gamma regression have the logarithm as link, Tweedie regression the one
/// it was given or, on 'auto', the identity for powers up to 0 and else the logarithm.
/// </summary>
/// <remarks>
/// The link is an object of the model: <c>_link_instance</c> up to 1.0, then <c>_base_loss.link</c>. Missing values are refused, strings are read as numbers.
/// Source: sklearn.linear_model._glm, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class GeneralizedLinearRegressor : Regressor
{
    private readonly LinearMap map;
    private readonly Func<double, double>? inverse;

    public GeneralizedLinearRegressor(EstimatorState state)
        : base(state)
    {
        map = LinearMap.Read(state, FeatureCount);
        FeatureCount = map.Inputs;
        if (map.Outputs != 1)
        {
            throw state.Fail($"its attribute 'coef_' has {map.Outputs} rows, expected 1");
        }

        inverse = LinkOf(state) switch
        {
            "IdentityLink" => null,
            "LogLink" => Math.Exp,
            "LogitLink" => Expit.Of,
            "HalfLogitLink" => static value => Expit.Of(2 * value),
            var link => throw state.Unsupported($"the link {link}"),
        };
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => true;

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        map.Apply(input, output);
        for (var row = 0; inverse is not null && row < output.Rows; row++)
        {
            output[row, 0] = inverse(output[row, 0]);
        }
    }

    private static string LinkOf(EstimatorState state)
    {
        if (state.Value("_link_instance") is PickleObject instance)
        {
            return instance.Class.Name;
        }

        if (state.Value("_base_loss") is PickleObject loss && state.Part(loss, "_base_loss").Value("link") is PickleObject linkObject)
        {
            return linkObject.Class.Name;
        }

        return (state.OptionalText("link") ?? "auto") switch
        {
            "identity" => "IdentityLink",
            "log" => "LogLink",
            "logit" => "LogitLink",
            "auto" => state.Number("power", state.ClassName == "TweedieRegressor" ? 0 : 1) <= 0 ? "IdentityLink" : "LogLink",
            var other => other,
        };
    }
}
