namespace Flama.Sklearn.Preprocessing;

/// <summary>
/// Centres each column on its median and scales it by a range of quantiles: (x − center_) / scale_, either part left out by
/// <c>with_centering</c> and <c>with_scaling</c>.
/// </summary>
/// <remarks>Missing values stay missing; infinite ones are refused. Source: sklearn.preprocessing._data, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class RobustScaler(EstimatorState state) : CenteringScaler(state, ("with_centering", "center_"), "with_scaling");
