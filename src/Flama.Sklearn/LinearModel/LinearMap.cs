using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.LinearModel;

/// <summary>Reads <c>coef_</c> and <c>intercept_</c>.</summary>
internal static class LinearMap
{
    /// <summary>The map of features to scores, from <c>coef_</c> (<c>outputs × features</c>, or one row without the first dimension) and <c>intercept_</c>.</summary>
    public static AffineMap Read(EstimatorState state, int? features)
    {
        var coefficients = state.Matrix("coef_");
        if (features is { } expected && coefficients.Columns != expected)
        {
            throw state.Fail($"its attribute 'coef_' has {coefficients.Columns} columns and the model takes {expected} features");
        }

        return new(coefficients.Transpose(), state.Broadcast("intercept_", coefficients.Rows));
    }
}
