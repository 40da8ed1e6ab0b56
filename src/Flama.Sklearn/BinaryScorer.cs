namespace Flama.Sklearn;

/// <summary>One number per row from a binary estimator, for methods that combine many of them.</summary>
/// <remarks>
/// A fixed method gives its only column or the second of two. Where scikit-learn is free to choose, it takes <c>decision_function</c>, else the second column of
/// <c>predict_proba</c>, else (a regressor) <c>predict</c>.
/// </remarks>
internal sealed class BinaryScorer
{
    private readonly Estimator estimator;
    private readonly Method method;
    private readonly int column;
    private readonly int width;
    private readonly LabelSet? labels;

    /// <summary>Makes the scorer.</summary>
    /// <param name="state">The composite's attributes, for messages.</param>
    /// <param name="estimator">The binary estimator.</param>
    /// <param name="method">The method; null for scikit-learn's choice.</param>
    public BinaryScorer(EstimatorState state, Estimator estimator, Method? method = null)
    {
        this.estimator = estimator;
        this.method = method ?? (estimator.Has(Method.DecisionFunction) ? Method.DecisionFunction
            : estimator.Has(Method.PredictProba) ? Method.PredictProba
            : Method.Predict);
        if (!estimator.Has(this.method))
        {
            throw state.Fail($"an estimator inside ({estimator.Name}) has no method '{MethodNames.NameOf(this.method)}'");
        }

        var shape = estimator.Shape(this.method, null);
        width = shape.Width;
        column = width - 1;
        if (width is not (1 or 2) || shape.Parts.Count > 0)
        {
            throw state.Fail($"{MethodNames.NameOf(this.method)} of an estimator inside ({estimator.Name}) gives {width} values, expected those of two classes");
        }

        labels = shape.Kind == PredictionKind.Label ? shape.Labels[0] : null;
        if (labels is not null && labels.Labels.Any(label => !label.IsNumber))
        {
            throw state.Fail($"an estimator inside ({estimator.Name}) predicts labels that are no numbers");
        }
    }

    /// <summary>Whether the number is a decision, with 0 between the classes.</summary>
    public bool IsDecision => method == Method.DecisionFunction;

    /// <summary>Computes the number of each row; labels become their values.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="output">As many rows, one column.</param>
    public void Score(FeatureBatch input, OutputSlice output)
    {
        if (width == 1)
        {
            estimator.Run(method, input, output);
        }
        else
        {
            using var scratch = new Scratch(input.Rows * width);
            var values = new OutputSlice(scratch.Span, width);
            estimator.Run(method, input, values);
            for (var row = 0; row < input.Rows; row++)
            {
                output[row, 0] = values[row, column];
            }
        }

        for (var row = 0; labels is not null && row < input.Rows; row++)
        {
            output[row, 0] = labels[(int)output[row, 0]].Number;
        }
    }
}
