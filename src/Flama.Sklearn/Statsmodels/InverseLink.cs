using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Statsmodels;

/// <summary>The inverses of link functions: from the linear part to the mean.</summary>
/// <remarks>Source: statsmodels.genmod.families.links, checked against 0.14.4 and 0.15.0; the lower-case names are those of versions before 0.14.</remarks>
internal static class InverseLink
{
    /// <summary>Finds the inverse of a family's link.</summary>
    /// <param name="family">The family's attributes.</param>
    public static Func<double, double> Of(EstimatorState family)
    {
        var link = family.Part(family.Required(family.FirstOf("_link", "link")), "link");
        return link.ClassName switch
        {
            "Logit" or "logit" => Expit.Of,
            "Probit" or "probit" => StandardNormal.Probability,
            "Cauchy" or "cauchy" => x => 0.5 + (Math.Atan(x) / Math.PI),
            "CLogLog" or "cloglog" => x => 1 - Math.Exp(-Math.Exp(x)),
            "LogLog" or "loglog" => x => Math.Exp(-Math.Exp(-x)),
            "Log" or "log" => Math.Exp,
            "LogC" or "logc" => x => 1 - Math.Exp(x),
            "Identity" or "identity" => x => x,
            "InversePower" or "inverse_power" => x => 1 / x,
            "InverseSquared" or "inverse_squared" => x => 1 / Math.Sqrt(x),
            "Sqrt" or "sqrt" => x => x * x,
            "Power" => OfPower(link.Number("power")),
            "NegativeBinomial" or "nbinom" => OfNegativeBinomial(link.Number("alpha")),
            _ => throw link.Unsupported("the link function"),
        };
    }

    private static Func<double, double> OfPower(double power) => power == 1 ? x => x : x => Math.Pow(x, 1 / power);

    private static Func<double, double> OfNegativeBinomial(double alpha) => x => -1 / (alpha * (1 - Math.Exp(-x)));
}
