namespace Flama.Sklearn.Calibration;

/// <summary>The estimators of <c>sklearn.calibration</c>.</summary>
internal static class CalibrationModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("CalibratedClassifierCV", state => new CalibratedClassifierCV(state), "sklearn.calibration"),
    ];
}
