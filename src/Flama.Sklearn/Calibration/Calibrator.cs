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

    /// <summary>The probability of a float32 score, computed in float32 throughout, as numpy 1 does for numbers beside float32 arrays.</summary>
    public double OfSingle(float score) => curve is not null ? (float)curve.At(score) : 1 / (1 + MathF.Exp(((float)a * score) + (float)b));

    /// <summary>Whether it is a curve, which answers in the type of its scores.</summary>
    public bool IsCurve => curve is not null;
}
