using Flama.Pickle;

namespace Flama.Sklearn.Pipelines;

/// <summary>Transformers one after the other, then a last step whose methods are the pipeline's.</summary>
/// <remarks>
/// Steps that are 'passthrough' or None are left out. Source: sklearn.pipeline, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class Pipeline : Estimator
{
    private readonly Estimator[] steps;
    private readonly Estimator last;

    public Pipeline(EstimatorState state)
        : base(state)
    {
        steps = [.. StepsOf(state)];
        if (steps.Length == 0)
        {
            throw state.Fail("it has no step that does anything");
        }

        last = steps[^1];
        foreach (var step in steps.AsSpan(0, steps.Length - 1))
        {
            if (!step.Has(Method.Transform))
            {
                throw state.Fail($"its step {step.Name} cannot transform and is not the last");
            }
        }

        FeatureCount ??= steps[0].FeatureCount;
        FeatureNames ??= steps[0].FeatureNames;
    }

    /// <summary>The last step.</summary>
    public Estimator Last => last;

    public override IReadOnlyList<Method> Methods => last.Methods;

    public override InputRule Input => InputRule.Anything;

    public override bool TakesSparse => steps[0].TakesSparse;

    public override bool GivesSparse => last.GivesSparse;

    public override bool IsRowwise => steps.All(step => step.IsRowwise);

    public override RowForm RowForm => steps[0].RowForm;

    public override bool SelectsByName => steps[0].SelectsByName;

    public override bool NeedsColumnOrder => steps[0].NeedsColumnOrder;

    public override bool TakesMissing(bool downstream) => TakesMissingFrom(0, downstream);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) =>
        steps[0].Describe(columns, TakesMissingFrom(1, downstream));

    public override OutputShape Shape(Method method, FeatureBatch? input)
    {
        if (steps.Length == 1)
        {
            return last.Shape(method, input);
        }

        // Only a transformer's shape depends on the rows, and then on their width and on whether strings come through.
        if (method != Method.Transform)
        {
            return last.Shape(method, null);
        }

        using var sample = Sample(input);
        return last.Shape(method, sample);
    }

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        using var transformed = BeforeLast(input);
        last.Run(method, transformed ?? input, output);
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        using var transformed = BeforeLast(input);
        return last.TransformSparse(transformed ?? input);
    }

    private static FeatureBatch RentFor(Estimator step, FeatureBatch input)
    {
        var shape = step.Shape(Method.Transform, input);
        return FeatureBatch.Rent(input.Rows, shape.Width, shape.Kind == PredictionKind.Mixed, input.FirstRow);
    }

    // What reaches the last step, to be disposed; null when there is no step before it.
    private FeatureBatch? BeforeLast(FeatureBatch input)
    {
        FeatureBatch? current = null;
        for (var i = 0; i < steps.Length - 1; i++)
        {
            using var previous = current;
            current = null;
            current = TransformStep(i, previous ?? input);
        }

        return current;
    }

    private FeatureBatch TransformStep(int index, FeatureBatch input)
    {
        var step = steps[index];
        if (step.GivesSparse && steps[index + 1].TakesSparse)
        {
            return step.TransformSparse(input);
        }

        var output = RentFor(step, input);
        try
        {
            step.Run(Method.Transform, input, new OutputSlice(output));
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private static IEnumerable<Estimator> StepsOf(EstimatorState state)
    {
        var items = state.List("steps");
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not PickleTuple { Count: 2 } step)
            {
                throw state.Fail($"steps[{i}] is {PythonType.NameOf(items[i])}, expected a name and an estimator");
            }

            if (step[1] is not (null or "passthrough"))
            {
                yield return state.Nested(step[1], $"steps[{i}]");
            }
        }
    }

    private bool TakesMissingFrom(int step, bool downstream)
    {
        for (var i = steps.Length - 1; i >= step; i--)
        {
            downstream = steps[i].TakesMissing(downstream);
        }

        return downstream;
    }

    // An empty batch of the shape that reaches the last step.
    private FeatureBatch Sample(FeatureBatch? input)
    {
        var current = FeatureBatch.Rent(0, input?.Columns ?? FeatureCount ?? 0, input is { IsNumeric: false });
        foreach (var step in steps.AsSpan(0, steps.Length - 1))
        {
            var next = RentFor(step, current);
            current.Dispose();
            current = next;
        }

        return current;
    }
}
