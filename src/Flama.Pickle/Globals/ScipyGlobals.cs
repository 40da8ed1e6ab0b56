namespace Flama.Pickle.Globals;

/// <summary>scipy's sparse matrices, splines, distributions and functions, kept as data.</summary>
internal static class ScipyGlobals
{
    /// <summary>Where scipy's special functions say they are from.</summary>
    public const string SpecialFunctionModule = "scipy.special._ufuncs";

    /// <summary>Special functions that occur as parameters.</summary>
    public static readonly string[] SpecialFunctions =
    [
        "expit", "logit", "log1p", "expm1", "erf", "erfc", "erfinv", "gammaln", "gamma", "digamma", "boxcox", "boxcox1p", "inv_boxcox",
        "inv_boxcox1p", "xlogy", "cbrt", "exp2", "exp10", "log_ndtr", "ndtr", "ndtri",
    ];

    private static readonly string[] SparseFormats = ["csr", "csc", "coo", "dia", "bsr", "lil", "dok"];

    private static readonly string[] ContinuousDistributions =
    [
        "uniform", "norm", "expon", "reciprocal", "loguniform", "beta", "gamma", "lognorm", "truncnorm", "t", "chi2", "f", "cauchy",
        "laplace", "logistic",
        "pareto", "rayleigh", "triang", "weibull_min", "halfnorm", "invgamma", "powerlaw", "gumbel_r",
    ];

    private static readonly string[] DiscreteDistributions =
        ["randint", "poisson", "binom", "bernoulli", "geom", "nbinom", "hypergeom", "zipf"];

    private static readonly string[] InterpolationModules =
    [
        "scipy.interpolate", "scipy.interpolate._bsplines", "scipy.interpolate._interpolate", "scipy.interpolate._cubic",
        "scipy.interpolate.interpolate", "scipy.interpolate._fitpack2", "scipy.interpolate.fitpack2",
    ];

    /// <summary>Adds them.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        foreach (var format in SparseFormats)
        {
            foreach (var module in (string[])["scipy.sparse", $"scipy.sparse.{format}", $"scipy.sparse._{format}"])
            {
                table.AddClasses(module, $"{format}_matrix", $"{format}_array");
            }
        }

        foreach (var module in InterpolationModules)
        {
            table.AddClasses(
                module, "BSpline", "PPoly", "CubicSpline", "PchipInterpolator", "Akima1DInterpolator", "UnivariateSpline", "interp1d");
        }

        table.AddFunctions("scipy._lib.array_api_compat.numpy._aliases", "asarray");
        table.AddFunctions(SpecialFunctionModule, SpecialFunctions);
        table.AddFunctions("scipy.special", SpecialFunctions);
        table.AddPackage("scipy.stats");
        table.AddClasses(
            "scipy.stats._distn_infrastructure",
            "rv_frozen", "rv_continuous_frozen", "rv_discrete_frozen", "rv_continuous", "rv_discrete", "rv_sample");
        foreach (var name in ContinuousDistributions)
        {
            table.AddClasses("scipy.stats._continuous_distns", $"{name}_gen");
        }

        foreach (var name in DiscreteDistributions)
        {
            table.AddClasses("scipy.stats._discrete_distns", $"{name}_gen");
        }
    }
}
