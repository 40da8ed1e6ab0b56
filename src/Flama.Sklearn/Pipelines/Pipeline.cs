using Flama.Pickle;

namespace Flama.Sklearn.Pipelines;

/// <summary>Transformers one after the other, then a last step whose methods are the pipeline's.</summary>
/// <remarks>
/// Steps that are 'passthrough' or None are left out; so are the samplers of imblearn, which are for training only. Source: sklearn.pipeline, checked against 0.23, 1.2, 1.4 and
/// 1.9; imblearn.pipeline.
/// </remarks>
internal sealed class Pipeline : Estimator
{
    // Narrower results are computed with their zeros at once: that is faster than to fill them in later.
    private const int WideColumns = 4096;

    private static readonly string[] SamplerPackages = ["imblearn.over_sampling", "imblearn.under_sampling", "imblearn.combine", "imblearn.base"];

    private readonly Estimator[] steps;
    private readonly Estimator last;
    private readonly Method[] methods;

    public Pipeline(EstimatorState state)
        : base(state)
    {
        steps = [.. StepsOf(state)];
        steps = steps.Length == 0 ? [new UnchangedRows(state)] : steps;

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
        GivesSparse = EndsSparse(false);
        KeepsSparse = EndsSparse(true);
        methods = [.. last.Methods.Where(method => IsDelegated(method, EndsWithNothing(state)))];
    }

    /// <summary>The last step.</summary>
    public Estimator Last => last;

    public override IReadOnlyList<Method> Methods => methods;

    public override InputRule Input => InputRule.Anything;

    public override bool TakesSparse => steps[0].TakesSparse;

    public override bool GivesSparse { get; }

    public override bool KeepsSparse { get; }

    public override bool IsRowwise => steps.All(step => step.IsRowwise);

    public override RowForm RowForm => steps[0].RowForm;

    public override bool SelectsByName => steps[0].SelectsByName;

    public override bool NeedsColumnOrder => steps[0].NeedsColumnOrder;

    /// <inheritdoc/>
    public override bool GivesFloat32(Method method) => last.GivesFloat32(method);

    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? last.InputOf(method) : Input;

    public override int? ColumnsOf(Method method) => method == Method.InverseTransform ? last.ColumnsOf(method) : FeatureCount;

    public override bool TakesMissing(bool downstream) => TakesMissingFrom(0, downstream);

    public override IReadOnlyList<int>? OriginsOf(int columns)
    {
        int[]? origins = [.. Enumerable.Range(0, columns)];
        foreach (var step in steps)
        {
            origins = origins is null ? null : Origins(step, origins);
        }

        return origins;
    }

    // What later steps say of a column that came through holds for the column that came in.
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        steps[0].Describe(columns, TakesMissingFrom(1, downstream));
        int[]? origins = [.. Enumerable.Range(0, columns.Length)];
        for (var i = 1; i < steps.Length; i++)
        {
            origins = Origins(steps[i - 1], origins);
            if (origins is null || (steps[i].FeatureCount is { } expected && expected != origins.Length))
            {
                return;
            }

            var later = new FeatureBuilder[origins.Length];
            for (var column = 0; column < later.Length; column++)
            {
                later[column] = new FeatureBuilder();
            }

            steps[i].Describe(later, TakesMissingFrom(i + 1, downstream));
            for (var column = 0; column < later.Length; column++)
            {
                if (origins[column] >= 0)
                {
                    columns[origins[column]].Adopt(later[column]);
                }
            }
        }
    }

    public override OutputShape Shape(Method method, FeatureBatch? input)
    {
        if (method == Method.InverseTransform)
        {
            return steps[0].Shape(method, steps.Length == 1 ? input : null);
        }

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
        using var transformed = method == Method.InverseTransform ? BackToFirst(input) : BeforeLast(input);
        (method == Method.InverseTransform ? steps[0] : last).Run(method, transformed ?? input, output);
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        using var transformed = BeforeLast(input);
        return last.TransformSparse(transformed ?? input);
    }

    private static FeatureBatch RentFor(Estimator step, FeatureBatch input, Method method = Method.Transform)
    {
        var shape = step.Shape(method, input);
        return FeatureBatch.RentUninitialized(input.Rows, shape.Width, shape.Kind == PredictionKind.Mixed, input.FirstRow);
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
        return step.GivesSparseFor(input) && (steps[index + 1].TakesSparse || step.Shape(Method.Transform, input).Width > WideColumns)
            ? step.TransformSparse(input)
            : RunStep(step, Method.Transform, input);
    }

    // What reaches the first step on the way back, to be disposed; null when there is no step after it.
    private FeatureBatch? BackToFirst(FeatureBatch input)
    {
        FeatureBatch? current = null;
        for (var i = steps.Length - 1; i > 0; i--)
        {
            using var previous = current;
            current = null;
            current = RunStep(steps[i], Method.InverseTransform, previous ?? input);
        }

        return current;
    }

    private static FeatureBatch RunStep(Estimator step, Method method, FeatureBatch input)
    {
        var output = RentFor(step, input, method);
        try
        {
            step.Run(method, input, new OutputSlice(output));
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    // A pipeline has the methods that its class has; a transformation goes back only where every step does.
    private bool IsDelegated(Method method, bool endsWithNothing) => method switch
    {
        Method.Transform => true,
        Method.InverseTransform => Array.TrueForAll(steps, step => step.Has(Method.InverseTransform)),
        Method.KNeighbors or Method.Apply => false,
        _ => !endsWithNothing,
    };

    private static bool EndsWithNothing(EstimatorState state) =>
        state.List("steps") is [.., PickleTuple { Count: 2 } end] && (end[1] is null or "passthrough" || IsSampler(end[1]));

    private bool EndsSparse(bool isSparse)
    {
        foreach (var step in steps)
        {
            isSparse = step.GivesSparse || (isSparse && step.TakesSparse && step.KeepsSparse);
        }

        return isSparse;
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

            if (step[1] is not (null or "passthrough") && !IsSampler(step[1]))
            {
                yield return state.Nested(step[1], $"steps[{i}]");
            }
        }
    }

    // scikit-learn's own pipelines cannot be trained with them, so that they are in imblearn's only.
    private static bool IsSampler(object? step) =>
        step is PickleObject { Class.Module: var module } && Array.Exists(SamplerPackages, package => module.StartsWith(package, StringComparison.Ordinal));

    private bool TakesMissingFrom(int step, bool downstream)
    {
        for (var i = steps.Length - 1; i >= step; i--)
        {
            downstream = steps[i].TakesMissing(downstream);
        }

        return downstream;
    }

    // For each column that a step gives, which of the pipeline's it is, or −1; null where none is.
    private static int[]? Origins(Estimator step, int[] given)
    {
        int[]? origins = step.OriginsOf(given.Length) is { } own ? [.. own.Select(origin => origin < 0 ? -1 : given[origin])] : null;
        return origins is not null && Array.Exists(origins, origin => origin >= 0) ? origins : null;
    }

    // An empty batch of the shape that reaches the last step.
    private FeatureBatch Sample(FeatureBatch? input)
    {
        var current = FeatureBatch.RentUninitialized(0, input?.Columns ?? FeatureCount ?? 0, input is { IsNumeric: false });
        foreach (var step in steps.AsSpan(0, steps.Length - 1))
        {
            var next = RentFor(step, current);
            current.Dispose();
            current = next;
        }

        return current;
    }
}
