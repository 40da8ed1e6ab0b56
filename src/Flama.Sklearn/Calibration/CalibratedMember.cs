using Flama.Pickle;

namespace Flama.Sklearn.Calibration;

/// <summary>
/// One classifier of a calibrated ensemble with its calibrators: its decisions, or else its probabilities, each through the calibrator of its class, divided by
/// their sum; or all through one softmax (method 'temperature').
/// </summary>
internal sealed class CalibratedMember
{
    private readonly LabelSet classes;
    private readonly Estimator estimator;
    private readonly Method method;
    private readonly int width;
    private readonly int first;
    private readonly int[] positions;
    private readonly Calibrator[] calibrators = [];
    private readonly TemperatureScaling? temperature;
    private readonly bool replacesNaN;
    private readonly bool isFloat32;
    private readonly bool isNumpy1;

    public CalibratedMember(EstimatorState state, LabelSet classes)
    {
        this.classes = classes;
        var name = state.FirstOf("estimator", "base_estimator");
        estimator = state.Estimator(name);
        method = estimator.Has(Method.DecisionFunction) ? Method.DecisionFunction : Method.PredictProba;
        if (!estimator.Has(method) || estimator.Shape(Method.Predict, null).Labels is not [var labels])
        {
            throw state.Fail($"its classifier ({estimator.Name}) has neither decision_function nor predict_proba");
        }

        width = estimator.Shape(method, null).Width;
        first = method == Method.PredictProba && classes.Count == 2 && width == 2 ? 1 : 0;
        positions = LabelPositions.Map(state, labels, classes);
        var items = state.List(state.FirstOf("calibrators", "calibrators_"));
        if (state.OptionalText("method") == "temperature" && items is [PickleObject])
        {
            temperature = new TemperatureScaling(state.Part(items[0], "calibrators[0]"), method, width, classes.Count, state);
            return;
        }

        calibrators = [.. items.Select((item, i) => new Calibrator(state.Part(item, $"calibrators[{i}]")))];
        calibrators = calibrators[..Math.Min(calibrators.Length, Math.Min(positions.Length, width - first))];
        if (calibrators.Length == 0)
        {
            throw state.Fail("it has no calibrators");
        }

        isFloat32 = estimator.GivesFloat32(method);

        // What a scalar makes of float32 depends on numpy, which the file does not tell: 1.2.2 and 1.5.2 were checked with numpy 1, 1.9.1 with numpy 2.
        isNumpy1 = !state.Version.IsAtLeast(1, 6);
        replacesNaN = !state.Version.IsAtLeast(0, 24);
    }

    /// <summary>The classifier.</summary>
    public Estimator Estimator => estimator;

    /// <summary>Whether each row's answer depends on that row alone.</summary>
    public bool IsRowwise => temperature?.IsRowwise ?? true;

    /// <summary>Computes the probability of each class.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="output">As many rows, one column per class; a contiguous rectangle.</param>
    public void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * width);
        var scores = new OutputSlice(scratch.Span, width);
        estimator.Run(method, input, scores);
        if (temperature is not null)
        {
            temperature.Apply(scores, output);
        }

        for (var row = 0; row < input.Rows; row++)
        {
            var probabilities = output.Row(row);
            if (temperature is null)
            {
                Calibrate(scores.Row(row)[first..], probabilities);
            }

            foreach (ref var value in probabilities)
            {
                value = value is > 1 and <= 1 + 1e-5 ? 1 : value;
            }
        }
    }

    private void Calibrate(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        probabilities.Clear();
        for (var i = 0; i < calibrators.Length; i++)
        {
            // The only score of two classes is that of the second.
            probabilities[classes.Count == 2 ? Math.Min(positions[i] + 1, 1) : positions[i]] = ValueOf(calibrators[i], scores[i]);
        }

        if (classes.Count == 2)
        {
            probabilities[0] = 1 - probabilities[1];
        }
        else
        {
            Normalize(probabilities);
        }

        for (var i = 0; replacesNaN && i < probabilities.Length; i++)
        {
            probabilities[i] = double.IsNaN(probabilities[i]) ? 1.0 / classes.Count : probabilities[i];
        }
    }

    private double ValueOf(Calibrator calibrator, double score) =>
        isFloat32 && (calibrator.IsCurve || isNumpy1) ? calibrator.OfSingle((float)score) : calibrator.Of(score);

    private static void Normalize(Span<double> probabilities)
    {
        if (probabilities.ContainsAnyExcept(0.0))
        {
            Softmax.Normalize(probabilities);
        }
        else
        {
            probabilities.Fill(1.0 / probabilities.Length);
        }
    }
}
