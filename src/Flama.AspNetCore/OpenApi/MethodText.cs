namespace Flama.AspNetCore.OpenApi;

/// <summary>What the document tells about the methods of a model.</summary>
internal static class MethodText
{
    /// <summary>Summary and description of a method.</summary>
    /// <param name="model">What the model is called in a sentence: its class.</param>
    /// <param name="method">The method.</param>
    public static (string Summary, string Description) Of(string model, ModelMethod method)
    {
        if (ContentInputs.Of(method.Input) is var content and not InputContent.Elements)
        {
            return ("Predict", $"Predicts with {model} for {(content == InputContent.Image ? "an image" : "a text")}, or for each of a list.");
        }

        if (method.Input is TensorsSpec)
        {
            return (method.Name == ModelMethod.Predict ? "Predict" : $"Run {method.Name}", $"Runs {method.Name} of {model} on the tensors of the input.");
        }

        return method.Name switch
        {
            ModelMethod.Predict => ("Predict", $"Predicts with {model}: one answer for each row of the input, in order."),
            ModelMethod.PredictProba => ("Predict probabilities", $"Gives the probability of each class for each row, as {model} estimates it."),
            "predict_log_proba" => ("Predict log probabilities", "Gives the logarithm of the probability of each class for each row."),
            "decision_function" => ("Score", "Gives the score that decides between the classes, or between inliers and outliers, for each row."),
            "transform" => ("Transform", $"Transforms each row as {model} learnt it."),
            "inverse_transform" => ("Undo the transformation", $"Turns rows that {model} gave out back into rows that it takes."),
            "score_samples" => ("Score the rows", "Gives one score for each row: the higher, the more the row looks like what the model was trained on."),
            _ => ($"Run {method.Name}", $"Runs {method.Name} of {model} for each row of the input."),
        };
    }
}
