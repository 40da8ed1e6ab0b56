namespace Flama.Sklearn.Preprocessing;

/// <summary>Centres each column on its mean and scales it to unit variance: (x − mean_) / scale_, either part left out by <c>with_mean</c> and <c>with_std</c>.</summary>
/// <remarks>Missing values stay missing; infinite ones are refused. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class StandardScaler(EstimatorState state) : CenteringScaler(state, ("with_mean", "mean_"), "with_std");
