using System.Text.Json;
using Flama.Json;
using Flama.Tables;

namespace Flama;

/// <summary>
/// A model of which its container tells more than itself: the columns' names and types, a row that is typical, or that its <c>predict</c> is another method.
/// </summary>
internal sealed class DescribedModel : Model
{
    private readonly Model inner;
    private readonly IReadOnlyList<string> names;
    private readonly IReadOnlyList<CellTypes>? types;
    private readonly JsonElement? example;
    private readonly LabelSet? classes;

    private DescribedModel(Model inner, IReadOnlyList<string> names, ModelMethod? predict, ModelSource source)
    {
        this.inner = inner;
        this.names = names;
        types = source.ColumnTypes;
        example = FirstRow(source.InputExample);
        classes = NamedClasses(inner, source.ClassNames);
        Warnings = [.. inner.Warnings, .. Unused(inner, source, classes)];
        Methods = [.. inner.Methods.Select(method => Named(method, predict is not null && method.Name == ModelMethod.Predict ? predict : method))];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata => inner.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes => classes is null ? inner.Classes : [classes];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings { get; }

    /// <summary>Gives a model what its container tells; the same model where that is nothing, or does not fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">Where it came from.</param>
    public static Model Of(Model model, ModelSource source)
    {
        var columns = source.ColumnNames is { } given && given.Distinct(StringComparer.Ordinal).Count() == given.Count && model.Methods.Any(method => Fits(method, given))
            ? given
            : [];
        var predict = source.PredictMethod is { } name && name != ModelMethod.Predict ? model.FindMethod(name) : null;
        return columns.Count > 0 || predict is not null || source.ColumnTypes is not null || source.InputExample is not null || source.ClassNames is not null
            ? new DescribedModel(model, columns, predict, source)
            : model;
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
        if (computed.Input is not TableSpec table)
        {
            return method;
        }

        var features = table.Features.Select((feature, i) => fits ? feature with { Name = names[i] } : feature).ToArray();
        var isDescribed = method.Name != "inverse_transform" && table is { HasKnownFeatures: true, RowForm: RowForm.Cells };
        features = isDescribed ? [.. features.Select((feature, i) => Typical(Typed(feature, i, features.Length), i))] : features;
        return classes is null && ReferenceEquals(method, computed) && features.SequenceEqual(table.Features)
            ? method
            : new TableMethod(
                method.Name,
                table with { Features = features },
                Labelled(computed),
                (FeatureBatch rows, in InvokeOptions options) => Invoke(computed, rows, fits, options),
                computed.OutputForm)
            {
                IsRowwise = computed.IsRowwise,
            };
    }

    // Columns of probabilities are called by the classes' names; labels that are predicted stay what they are in Python.
    private IReadOnlyList<OutputSpec> Labelled(ModelMethod method) =>
        classes is null ? method.Outputs : [.. method.Outputs.Select(output => output.Columns?.Count == classes.Count ? output with { Columns = classes } : output)];

    // Names stand for classes that are numbered from 0.
    private static LabelSet? NamedClasses(Model model, IReadOnlyList<string>? names)
    {
        if (names is null || model.Classes is not [var known] || known.Count != names.Count)
        {
            return null;
        }

        for (var i = 0; i < known.Count; i++)
        {
            if (known[i].Kind is not (ScalarKind.Integer or ScalarKind.Float) || known[i].Number != i)
            {
                return null;
            }
        }

        return new(names.Select(Scalar.Of));
    }

    private static IEnumerable<string> Unused(Model model, ModelSource source, LabelSet? classes)
    {
        if (source.ClassNames is { } names && classes is null && !(model.Classes is [var known] && known.Labels.Select(label => label.Text).SequenceEqual(names, StringComparer.Ordinal)))
        {
            yield return $"The class names beside the model are not used: there are {names.Count}, and they must stand for the model's classes, numbered from 0.";
        }

        if (source.ColumnNames is { } columns && model.FindMethod(ModelMethod.Predict)?.Input is TableSpec { HasKnownFeatures: true, RowForm: RowForm.Cells } table && table.Features.Count != columns.Count)
        {
            yield return $"The column names beside the model are not used: there are {columns.Count}, and the model takes {table.Features.Count}.";
        }
    }

    // Where the model leaves open what training had, the container decides; where it tells, it wins.
    private Feature Typed(Feature feature, int column, int count)
    {
        const CellTypes kinds = CellTypes.Text | CellTypes.Number | CellTypes.Boolean;
        if (types is null || types.Count != count || types[column] == CellTypes.Unknown || feature.Categories.Count > 0)
        {
            return feature;
        }

        var known = feature.TrainedOn & kinds;
        return known == CellTypes.Unknown || known.HasFlag(types[column]) ? feature with { TrainedOn = (feature.TrainedOn & ~kinds) | types[column] } : feature;
    }

    private Feature Typical(Feature feature, int column)
    {
        if (example is not { } row)
        {
            return feature;
        }

        var cell = row.ValueKind == JsonValueKind.Object
            ? feature.Name is { } name && row.TryGetProperty(name, out var found) ? found : default
            : column < row.GetArrayLength() ? row[column] : default;
        Scalar? value = cell.ValueKind switch
        {
            JsonValueKind.Number when feature.Kind != FeatureKind.Text => cell.TryGetInt64(out var whole) ? Scalar.Of(whole) : Scalar.Of(cell.GetDouble()),
            JsonValueKind.True or JsonValueKind.False when feature.Kind != FeatureKind.Text => Scalar.Of(cell.GetBoolean()),
            JsonValueKind.String when feature.Kind != FeatureKind.Number => Scalar.Of(cell.GetString()!),
            _ => null,
        };
        return value is { } typical && (feature.Categories.Count == 0 || feature.Categories.Contains(typical)) ? feature with { Example = typical } : feature;
    }

    private static JsonElement? FirstRow(JsonElement? rows) =>
        rows is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 && list[0] is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } row ? row : null;

    private ModelOutput Invoke(ModelMethod method, FeatureBatch rows, bool isNamed, in InvokeOptions options) =>
        isNamed && rows.ColumnNames is { } given && !given.SequenceEqual(names, StringComparer.Ordinal)
            ? throw InputCheck.Problem(new InputProblem(
                ProblemTypes.FeatureNames, $"The columns are [{string.Join(", ", given)}] and the model takes [{string.Join(", ", names)}], in this order."))
            : method.Invoke(rows, options);
}
