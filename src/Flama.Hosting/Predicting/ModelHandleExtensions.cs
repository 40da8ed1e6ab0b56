using Flama.Adapters;
using Flama.Hosting;
using Flama.Hosting.Diagnostics;
using Flama.Hosting.Predicting;

namespace Flama;

/// <summary>Predicting with a model in one line. All members are thread-safe.</summary>
public static class ModelHandleExtensions
{
    /// <summary>Runs a method.</summary>
    /// <param name="model">The model.</param>
    /// <param name="method">The method's Python name, for example <c>predict_proba</c>.</param>
    /// <param name="input">What the method takes; stays the caller's.</param>
    /// <param name="options">Threads and cancellation; the default computes on this thread.</param>
    /// <returns>A new answer; the caller disposes it.</returns>
    /// <exception cref="FlamaException">The model has no such method, or the input is not what it takes.</exception>
    public static ModelOutput Invoke(this IModelHandle model, string method, ModelInput input, in InvokeOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        using var lease = model.Acquire();
        return Run(model, lease.Model.GetMethod(method), input, options);
    }

    /// <summary>Runs a method for rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="method">The method's Python name.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">Threads and cancellation; the default computes on this thread.</param>
    /// <returns>A new answer; the caller disposes it.</returns>
    /// <exception cref="FlamaException">The model has no such method, or the rows are not what it takes.</exception>
    public static ModelOutput Invoke(this IModelHandle model, string method, ModelRows rows, in InvokeOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        using var lease = model.Acquire();
        return Run(model, lease.Model.GetMethod(method), rows, options);
    }

    /// <summary>Predicts.</summary>
    /// <inheritdoc cref="Invoke(IModelHandle, string, ModelInput, in InvokeOptions)"/>
    public static ModelOutput Predict(this IModelHandle model, ModelInput input, in InvokeOptions options = default) =>
        model.Invoke(ModelMethod.Predict, input, options);

    /// <summary>Predicts for rows of numbers.</summary>
    /// <inheritdoc cref="Invoke(IModelHandle, string, ModelRows, in InvokeOptions)"/>
    public static ModelOutput Predict(this IModelHandle model, double[][] rows, in InvokeOptions options = default) =>
        model.Invoke(ModelMethod.Predict, ModelRows.Of(rows), options);

    /// <summary>Predicts for rows.</summary>
    /// <inheritdoc cref="Invoke(IModelHandle, string, ModelRows, in InvokeOptions)"/>
    public static ModelOutput Predict(this IModelHandle model, ModelRows rows, in InvokeOptions options = default) =>
        model.Invoke(ModelMethod.Predict, rows, options);

    /// <summary>Predicts one label per row.</summary>
    /// <returns>The labels as text: integers as digits, booleans as <c>True</c> and <c>False</c>, as Python's <c>str()</c> writes them.</returns>
    /// <exception cref="FlamaException">The rows are not what the model takes, or it answers more than one value per row.</exception>
    public static string[] PredictLabels(this IModelHandle model, double[][] rows, in InvokeOptions options = default) =>
        model.PredictLabels(ModelRows.Of(rows), options);

    /// <inheritdoc cref="PredictLabels(IModelHandle, double[][], in InvokeOptions)"/>
    public static string[] PredictLabels(this IModelHandle model, ModelRows rows, in InvokeOptions options = default)
    {
        using var output = model.Predict(rows, options);
        return AnswerValues.Labels(output);
    }

    /// <summary>Predicts one number per row.</summary>
    /// <exception cref="FlamaException">The rows are not what the model takes, or its answers are not one number per row.</exception>
    public static double[] PredictNumbers(this IModelHandle model, double[][] rows, in InvokeOptions options = default) =>
        model.PredictNumbers(ModelRows.Of(rows), options);

    /// <inheritdoc cref="PredictNumbers(IModelHandle, double[][], in InvokeOptions)"/>
    public static double[] PredictNumbers(this IModelHandle model, ModelRows rows, in InvokeOptions options = default)
    {
        using var output = model.Predict(rows, options);
        return AnswerValues.Numbers(output);
    }

    /// <summary>Predicts the probability of each label, per row.</summary>
    /// <returns>For each row a dictionary from the label as text to its probability, in the order of the classes.</returns>
    /// <exception cref="FlamaException">The rows are not what the model takes, or it is not a classifier with probabilities of one output.</exception>
    public static IReadOnlyDictionary<string, double>[] PredictProbabilities(this IModelHandle model, double[][] rows, in InvokeOptions options = default) =>
        model.PredictProbabilities(ModelRows.Of(rows), options);

    /// <inheritdoc cref="PredictProbabilities(IModelHandle, double[][], in InvokeOptions)"/>
    public static IReadOnlyDictionary<string, double>[] PredictProbabilities(this IModelHandle model, ModelRows rows, in InvokeOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        using var lease = model.Acquire();
        var labels = AnswerValues.ClassesOf(lease.Model);
        using var output = Run(model, lease.Model.GetMethod(ModelMethod.PredictProba), rows, options);
        return AnswerValues.Probabilities(output, labels);
    }

    private static ModelOutput Run(IModelHandle model, ModelMethod method, ModelRows rows, in InvokeOptions options)
    {
        var chosen = method.Input is TableSpec ? method : MethodAdapters.AsRows(method);
        using var input = ToInput(chosen, rows);
        return Run(model, chosen, input, options);
    }

    internal static FeatureBatch ToInput(ModelMethod method, ModelRows rows) => rows.ToBatch((TableSpec)method.Input);

    internal static ModelOutput Run(IModelHandle model, ModelMethod method, ModelInput input, in InvokeOptions options) =>
        MeasuredCall.Invoke((model as ServedModel)?.Name ?? string.Empty, method, input, options);
}
