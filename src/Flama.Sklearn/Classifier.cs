using System.Numerics.Tensors;

namespace Flama.Sklearn;

/// <summary>An estimator that predicts a label per row, or one per output.</summary>
/// <remarks>
/// A subclass gives scores, probabilities or both; the label is by default the first largest probability or score, which is numpy's
/// argmax.
/// </remarks>
internal abstract class Classifier : Estimator
{
    private readonly Lazy<Method[]> methods;
    private OutputShape? labelShape;
    private OutputShape? probabilityShape;

    protected Classifier(EstimatorState state, params LabelSet[] classes)
        : base(state)
    {
        if (classes.Length == 0 || classes.Any(labels => labels.Count == 0))
        {
            throw state.Fail("it has no classes");
        }

        ClassesPerOutput = classes;
        ProbabilityColumns = classes.Sum(labels => labels.Count);
        methods = new(() => [.. MethodsOf()]);
    }

    /// <summary>The labels in the order of the probability columns, one set per output.</summary>
    public IReadOnlyList<LabelSet> ClassesPerOutput { get; }

    /// <summary>The labels of the first output, which is the only one of most classifiers.</summary>
    public LabelSet Classes => ClassesPerOutput[0];

    /// <summary>The classes of all outputs together.</summary>
    protected int ProbabilityColumns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Method> Methods => methods.Value;

    /// <summary>Whether there is <c>predict_proba</c>.</summary>
    protected virtual bool HasProbabilities => false;

    /// <summary>Whether there is <c>predict_log_proba</c>.</summary>
    protected virtual bool HasLogProbabilities => HasProbabilities;

    /// <summary>Whether there is <c>decision_function</c>.</summary>
    protected virtual bool HasDecisions => false;

    /// <summary>Columns of <c>decision_function</c>: 1 for two classes.</summary>
    protected virtual int DecisionColumns => Classes.Count <= 2 ? 1 : Classes.Count;

    /// <inheritdoc/>
    public override OutputShape Shape(Method method, FeatureBatch? input) => method switch
    {
        Method.Predict => labelShape ??= ClassesPerOutput.Count == 1 ? OutputShape.Label(Classes) : OutputShape.LabelPerOutput(ClassesPerOutput),
        Method.DecisionFunction => DecisionColumns == 1 ? OutputShape.Number : OutputShape.Numbers(DecisionColumns),
        _ => probabilityShape ??= ClassesPerOutput.Count == 1
            ? OutputShape.Numbers(Classes.Count)
            : OutputShape.List([.. ClassesPerOutput.Select(labels => OutputShape.Numbers(labels.Count))]),
    };

    /// <summary>Computes the probability of each class, outputs side by side.</summary>
    protected virtual void PredictProbabilities(FeatureBatch input, OutputSlice output) => throw NoSuchMethod(Method.PredictProba);

    /// <summary>Computes the scores, <see cref="DecisionColumns"/> a row.</summary>
    protected virtual void Decide(FeatureBatch input, OutputSlice output) => throw NoSuchMethod(Method.DecisionFunction);

    /// <summary>Computes the logarithm of the probabilities.</summary>
    protected virtual void PredictLogProbabilities(FeatureBatch input, OutputSlice output)
    {
        PredictProbabilities(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            var values = output.Row(row);
            TensorPrimitives.Log(values, values);
        }
    }

    /// <summary>Computes the position of each row's label in the classes, one per output.</summary>
    protected virtual void Predict(FeatureBatch input, OutputSlice output)
    {
        var columns = HasProbabilities ? ProbabilityColumns : DecisionColumns;
        using var scratch = new Scratch(input.Rows * columns);
        var scores = new OutputSlice(scratch.Span, columns);
        if (HasProbabilities)
        {
            PredictProbabilities(input, scores);
        }
        else
        {
            Decide(input, scores);
        }

        for (var row = 0; row < input.Rows; row++)
        {
            Choose(scores.Row(row), output.Row(row));
        }
    }

    /// <inheritdoc/>
    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        switch (method)
        {
            case Method.Predict:
                Predict(input, output);
                break;
            case Method.PredictProba when HasProbabilities:
                PredictProbabilities(input, output);
                break;
            case Method.PredictLogProba when HasLogProbabilities:
                PredictLogProbabilities(input, output);
                break;
            case Method.DecisionFunction when HasDecisions:
                Decide(input, output);
                break;
            default:
                throw NoSuchMethod(method);
        }
    }

    /// <summary>The position of the first largest value; of the first NaN where there is one, as numpy has it.</summary>
    protected static int ArgMax(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                return i;
            }

            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }

    private void Choose(ReadOnlySpan<double> scores, Span<double> output)
    {
        if (scores.Length == 1 && !HasProbabilities)
        {
            output[0] = scores[0] > 0 ? 1 : 0;
            return;
        }

        var start = 0;
        for (var i = 0; i < ClassesPerOutput.Count; i++)
        {
            output[i] = ArgMax(scores.Slice(start, ClassesPerOutput[i].Count));
            start += ClassesPerOutput[i].Count;
        }
    }

    private IEnumerable<Method> MethodsOf()
    {
        yield return Method.Predict;
        if (HasProbabilities)
        {
            yield return Method.PredictProba;
        }

        if (HasLogProbabilities)
        {
            yield return Method.PredictLogProba;
        }

        if (HasDecisions)
        {
            yield return Method.DecisionFunction;
        }
    }
}
