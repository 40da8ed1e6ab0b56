using Flama.Json;
using Flama.Tables;

namespace Flama;

/// <summary>A model of which its container tells more than itself: the columns' names, or that its <c>predict</c> is another method.</summary>
internal sealed class DescribedModel : Model
{
    private readonly Model inner;
    private readonly IReadOnlyList<string> names;

    private DescribedModel(Model inner, IReadOnlyList<string> names, ModelMethod? predict)
    {
        this.inner = inner;
        this.names = names;
        Methods = [.. inner.Methods.Select(method => Named(method, predict is not null && method.Name == ModelMethod.Predict ? predict : method))];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata => inner.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes => inner.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings => inner.Warnings;

    /// <summary>Gives a model what its container tells; the same model where that is nothing, or does not fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">Where it came from.</param>
    public static Model Of(Model model, ModelSource source)
    {
        var columns = source.ColumnNames is { } given && given.Distinct(StringComparer.Ordinal).Count() == given.Count && model.Methods.Any(method => Fits(method, given))
            ? given
            : [];
        var predict = source.PredictMethod is { } name && name != ModelMethod.Predict ? model.FindMethod(name) : null;
        return columns.Count > 0 || predict is not null ? new DescribedModel(model, columns, predict) : model;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private static bool Fits(ModelMethod method, IReadOnlyList<string> names) =>
        method.Name != "inverse_transform" && method.Input is TableSpec { HasKnownFeatures: true, RowForm: RowForm.Cells } table
        && table.Features.Count == names.Count && table.Features.All(feature => feature.Name is null);

    private ModelMethod Named(ModelMethod method, ModelMethod computed)
    {
        var fits = Fits(computed, names);
        if (computed.Input is not TableSpec table || (!fits && ReferenceEquals(method, computed)))
        {
            return method;
        }

        return new TableMethod(
            method.Name,
            fits ? table with { Features = [.. table.Features.Select((feature, i) => feature with { Name = names[i] })] } : table,
            computed.Outputs,
            (FeatureBatch rows, in InvokeOptions options) => Invoke(computed, rows, fits, options),
            computed.OutputForm);
    }

    private ModelOutput Invoke(ModelMethod method, FeatureBatch rows, bool isNamed, in InvokeOptions options) =>
        isNamed && rows.ColumnNames is { } given && !given.SequenceEqual(names, StringComparer.Ordinal)
            ? throw InputCheck.Problem(new InputProblem(
                ProblemTypes.FeatureNames, $"The columns are [{string.Join(", ", given)}] and the model takes [{string.Join(", ", names)}], in this order."))
            : method.Invoke(rows, options);
}
