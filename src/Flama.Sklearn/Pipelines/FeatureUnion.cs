using Flama.Pickle;
using Flama.Sklearn.Compose;

namespace Flama.Sklearn.Pipelines;

/// <summary>Hands the same rows to several transformers and puts their results side by side.</summary>
/// <remarks>
/// A transformer that is 'drop' (or None, up to 0.23) gives nothing, one that is 'passthrough' (since 1.1) the rows themselves. Weights multiply results.
/// Where one transformer gives sparse rows, the result is sparse. Source: sklearn.pipeline, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class FeatureUnion : Transformer
{
    private readonly ColumnPart[] parts;

    public FeatureUnion(EstimatorState state)
        : base(state)
    {
        parts = [.. PartsOf(state)];
        foreach (var estimator in parts.Select(part => part.Estimator).OfType<Estimator>())
        {
            FeatureCount ??= estimator.FeatureCount;
            FeatureNames ??= estimator.FeatureNames;
            if (estimator.FeatureCount is { } features && features != FeatureCount)
            {
                throw state.Fail($"its transformers take {FeatureCount} and {features} features");
            }
        }
    }

    public override InputRule Input => InputRule.Anything;

    public override RowForm RowForm => parts.FirstOrDefault(part => part.Estimator is not null)?.Estimator?.RowForm ?? RowForm.Cells;

    public override bool IsRowwise => parts.All(part => part.Estimator?.IsRowwise ?? true);

    public override bool SelectsByName => parts.Length > 0 && parts.All(part => part.Estimator?.SelectsByName ?? false);

    public override bool TakesSparse => parts.All(part => part.Estimator is not null);

    public override bool KeepsSparse => TakesSparse && parts.Any(part => part.Estimator!.TakesSparse && part.Estimator.KeepsSparse);

    public override bool GivesSparse => parts.Any(part => part.Estimator?.GivesSparse ?? false);

    public override int Width(int columns) => parts.Sum(part => part.Width(columns));

    public override IReadOnlyList<int>? OriginsOf(int columns) => [.. parts.SelectMany(part => part.OriginsOf(columns))];

    public override bool GivesText(FeatureBatch? input) => !GivesSparse && Array.Exists(parts, part => part.GivesText(input));

    public override bool TakesMissing(bool downstream) => parts.All(part => part.Estimator?.TakesMissing(downstream) ?? downstream);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var part in parts)
        {
            part.Describe(columns, downstream);
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        if (GivesSparse)
        {
            using var sparse = ComputeSparse(input);
            output.Write(sparse.Sparse!);
            return;
        }

        var start = 0;
        foreach (var part in parts)
        {
            var width = part.Width(input.Columns);
            part.Transform(this, input, output.Slice(start, width));
            start += width;
        }
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input) => PartStack.Transform(parts, this, input, input.Columns);

    private static IEnumerable<ColumnPart> PartsOf(EstimatorState state)
    {
        var items = state.List("transformer_list");
        var weights = state.Value("transformer_weights") as PickleDict;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not PickleTuple { Count: 2 } entry)
            {
                throw state.Fail($"transformer_list[{i}] is {PythonType.NameOf(items[i])}, expected a name and a transformer");
            }

            if (entry[1] is null or "drop")
            {
                continue;
            }

            var weight = weights is not null && entry[0] is string name && weights.TryGetValue(name, out var value) && value is not null
                ? state.AsScalar(value, "transformer_weights").Number
                : 1;
            var estimator = entry[1] is "passthrough" ? null : state.Nested(entry[1], $"transformer_list[{i}]");
            if (estimator is not null && !estimator.Has(Method.Transform))
            {
                throw state.Fail($"transformer_list[{i}] ({estimator.Name}) cannot transform");
            }

            yield return new ColumnPart(null, estimator, weight);
        }
    }
}
