using System.Numerics.Tensors;
using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Statsmodels;

/// <summary>What a fitted model predicts of a row of its design, by the model's class.</summary>
/// <param name="Columns">How many columns the design has.</param>
/// <param name="Outputs">How many values a row gets; null for one without a second dimension.</param>
/// <param name="Rule">How they are computed.</param>
internal sealed record ResultsPrediction(int Columns, int? Outputs, ResultsRule Rule)
{
    private const int MaxCategories = 1 << 16;

    /// <summary>Reads the parameters.</summary>
    /// <param name="results">The results.</param>
    /// <param name="model">The model that they are of.</param>
    public static ResultsPrediction Read(EstimatorState results, EstimatorState model) => model.ClassName switch
    {
        "OLS" or "WLS" or "GLS" or "GLSAR" or "QuantReg" or "RLM" => Linked(results, model, x => x),
        "GLM" => OfFamily(results, model),
        "Logit" => Linked(results, model, Expit.Of),
        "Probit" => Linked(results, model, StandardNormal.Probability),
        "Poisson" or "NegativeBinomial" or "GeneralizedPoisson" or "NegativeBinomialP" => Linked(results, model, Math.Exp),
        "MNLogit" => Multinomial(results),
        "OrderedModel" => Ordered(results, model),
        "ZeroInflatedPoisson" => ZeroInflated(results, model),
        _ => throw model.Unsupported($"the model {model.ClassName} of statsmodels", "Known: OLS, WLS, GLS, GLSAR, RLM, QuantReg, GLM, Logit, Probit, MNLogit, OrderedModel and count models."),
    };

    private static ResultsPrediction OfFamily(EstimatorState results, EstimatorState model)
    {
        if (model.Flag("_has_offset", false) || model.Flag("_has_exposure", false))
        {
            results.Warn("The model was trained with an offset or exposure; predictions are for none, as results.predict(rows) gives them.");
        }

        return Linked(results, model, InverseLink.Of(model.Part(model.Required("family"), "family")));
    }

    // Count models keep their dispersion behind the coefficients.
    private static ResultsPrediction Linked(EstimatorState results, EstimatorState model, Func<double, double> inverse)
    {
        var parameters = results.Vector("params");
        var columns = parameters.Length - (model.OptionalInteger("k_extra") ?? 0);
        if (columns < 1 || (model.Value("exog") is NdArray { Shape: [_, var width] } && width != columns))
        {
            throw results.Fail($"it has {parameters.Length} parameters, which do not fit its design");
        }

        var coefficients = parameters.AsSpan(0, columns).ToArray();
        return new(columns, null, (x, output) => output[0] = inverse(TensorPrimitives.Dot(x, coefficients)));
    }

    // One column of parameters for each category but the first.
    private static ResultsPrediction Multinomial(EstimatorState results)
    {
        var parameters = results.Matrix("params");
        var columns = parameters.Columns;
        var coefficients = new double[columns][];
        for (var j = 0; j < columns; j++)
        {
            coefficients[j] = new double[parameters.Rows];
            for (var i = 0; i < parameters.Rows; i++)
            {
                coefficients[j][i] = parameters[i, j];
            }
        }

        return new(parameters.Rows, columns + 1, (x, output) =>
        {
            output[0] = 1;
            for (var j = 0; j < coefficients.Length; j++)
            {
                output[j + 1] = Math.Exp(TensorPrimitives.Dot(x, coefficients[j]));
            }

            TensorPrimitives.Divide(output, TensorPrimitives.Sum(output), output);
        });
    }

    // The thresholds follow the coefficients: the first as it is, then logarithms of the steps.
    private static ResultsPrediction Ordered(EstimatorState results, EstimatorState model)
    {
        var parameters = results.Vector("params");
        var levels = model.Integer("k_levels");
        var columns = parameters.Length - (levels - 1);
        if (levels is < 2 or > MaxCategories || columns < 0)
        {
            throw results.Fail($"it has {parameters.Length} parameters and {levels} levels");
        }

        var coefficients = parameters.AsSpan(0, columns).ToArray();
        var thresholds = parameters.AsSpan(columns).ToArray();
        for (var i = 1; i < thresholds.Length; i++)
        {
            thresholds[i] = thresholds[i - 1] + Math.Exp(thresholds[i]);
        }

        var distribution = model.Part(model.Required("distr"), "distr");
        Func<double, double> probability = distribution.ClassName switch
        {
            "norm_gen" => StandardNormal.Probability,
            "logistic_gen" => Expit.Of,
            _ => throw distribution.Unsupported("the distribution"),
        };
        return new(columns, levels, (x, output) =>
        {
            var linear = columns == 0 ? 0 : TensorPrimitives.Dot(x, coefficients);
            var below = 0.0;
            for (var i = 0; i < output.Length; i++)
            {
                var upTo = i < thresholds.Length ? probability(thresholds[i] - linear) : 1;
                output[i] = upTo - below;
                below = upTo;
            }
        });
    }

    // What makes zeros has a constant only, unless rows for it are given besides.
    private static ResultsPrediction ZeroInflated(EstimatorState results, EstimatorState model)
    {
        var inflated = model.Integer("k_inflate");
        if (inflated != 1)
        {
            throw model.Unsupported($"exog_infl with {inflated} columns", "The rows would have to hold them, and results.predict(rows) does not take them so.");
        }

        var parameters = results.Vector("params");
        var columns = model.Integer("k_exog");
        if (columns < 1 || columns + inflated > parameters.Length)
        {
            throw results.Fail($"it has {parameters.Length} parameters, which do not fit its design");
        }

        var inflation = model.Part(model.Required("model_infl"), "model_infl");
        Func<double, double> probability = inflation.ClassName switch
        {
            "Logit" => Expit.Of,
            "Probit" => StandardNormal.Probability,
            _ => throw inflation.Unsupported("the model of the zeros"),
        };
        var main = 1 - probability(parameters[0]);
        var coefficients = parameters.AsSpan(inflated, columns).ToArray();
        return new(columns, null, (x, output) => output[0] = main * Math.Exp(TensorPrimitives.Dot(x, coefficients)));
    }
}
