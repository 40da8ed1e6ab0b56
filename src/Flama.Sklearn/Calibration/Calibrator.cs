using Flama.Sklearn.Isotonic;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Calibration;

/// <summary>Score to probability for one class: a fitted sigmoid 1 / (1 + e^(a·s + b)) or an isotonic curve.</summary>
internal sealed class Calibrator
{
    private readonly IsotonicCurve? curve;
    private readonly double a;
    private readonly double b;

    public Calibrator(EstimatorState state)
    {
        switch (state.ClassName)
        {
            case "_SigmoidCalibration":
                a = state.Number("a_");
                b = state.Number("b_");
                break;
            case "IsotonicRegression":
                curve = new IsotonicCurve(state);
                break;
            default:
                throw state.Unsupported($"the calibrator {state.Class}");
        }
    }

    /// <summary>The probability.</summary>
    public double Of(double score) => curve?.At(score) ?? Expit.Of(-((a * score) + b));
}
