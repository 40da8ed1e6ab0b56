namespace Flama.Sklearn;

/// <summary>The Python names of methods, which are also those of routes and commands.</summary>
internal static class MethodNames
{
    private static readonly (Method Method, string Name)[] Table =
    [
        (Method.Predict, "predict"),
        (Method.PredictProba, "predict_proba"),
        (Method.PredictLogProba, "predict_log_proba"),
        (Method.DecisionFunction, "decision_function"),
        (Method.Transform, "transform"),
        (Method.InverseTransform, "inverse_transform"),
        (Method.ScoreSamples, "score_samples"),
        (Method.KNeighbors, "kneighbors"),
        (Method.Apply, "apply"),
        (Method.PredictStd, "predict_std"),
        (Method.PredictPartialHazard, "predict_partial_hazard"),
        (Method.PredictMedian, "predict_median"),
    ];

    public static string NameOf(Method method) => Table[(int)method].Name;

    public static Method? Find(string name)
    {
        foreach (var entry in Table)
        {
            if (entry.Name == name)
            {
                return entry.Method;
            }
        }

        return null;
    }
}
