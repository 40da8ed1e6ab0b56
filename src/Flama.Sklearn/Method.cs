namespace Flama.Sklearn;

/// <summary>What scikit-learn estimators can do with new rows.</summary>
internal enum Method
{
    Predict,
    PredictProba,
    PredictLogProba,
    DecisionFunction,
    Transform,
    InverseTransform,
    ScoreSamples,
    KNeighbors,
    Apply,
    PredictStd,
    PredictPartialHazard,
    PredictMedian,
}
