using System.Text.Json.Nodes;

namespace Flama.Hosting.Examples;

/// <summary>Makes requests that a method may take, the likeliest first.</summary>
internal static class ExampleRequests
{
    /// <summary>Rows with more features than this are shown as lists only: one description per pixel is of no use.</summary>
    public const int MaxNamedFeatures = 1000;

    // Products of dimensions stay within 64 bits.
    private const long MaxSize = 1L << 31;

    private const string SampleText = "An example text";

    // A PNG of one pixel.
    private const string SampleImage = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

    // How long rows are tried where a model checks them itself.
    private static readonly int[] Widths = [1, 2, 3, 4, 5, 6, 8, 10, 12, 13, 16];

    /// <summary>The requests, and the same with rows as objects by feature name where there is that form.</summary>
    public static IEnumerable<(JsonObject Request, JsonObject? Objects)> For(InputSpec spec) =>
        spec is TableSpec table ? Rows(table) : [(Request(Tensors((TensorsSpec)spec)), null)];

    /// <summary>How many values such a request has.</summary>
    public static long SizeOf(InputSpec spec) => spec is TensorsSpec tensors
        ? tensors.Tensors.Sum(tensor => (tensor.Shape ?? []).Aggregate(1L, (product, dimension) => Math.Min(product * (dimension.Length ?? 1), MaxSize)))
        : ((TableSpec)spec).Features.Count;

    /// <summary>Whether rows are shown as objects by feature name beside lists.</summary>
    public static bool HasObjects(TableSpec spec) =>
        spec is { RowForm: RowForm.Cells, HasKnownFeatures: true, HasNames: true, Features.Count: <= MaxNamedFeatures };

    private static IEnumerable<(JsonObject Request, JsonObject? Objects)> Rows(TableSpec spec)
    {
        switch (spec.RowForm)
        {
            case RowForm.Document:
                yield return (OneRow(JsonValue.Create(spec.Features is [{ Example.Text: { } text }, ..] ? text : SampleText)), null);
                yield break;
            case RowForm.List:
                foreach (var cell in Unknowns(spec))
                {
                    yield return (OneRow(new JsonArray(cell)), null);
                }

                yield break;
            case RowForm.Record when !spec.HasNames:
                yield return (OneRow(new JsonObject { ["name"] = 1 }), null);
                yield break;
        }

        if (!spec.HasKnownFeatures)
        {
            foreach (var width in Widths)
            {
                yield return (OneRow(new JsonArray([.. Enumerable.Range(0, width).Select(_ => JsonValue.Create(0))])), null);
            }

            foreach (var width in Widths)
            {
                yield return (OneRow(new JsonArray([.. Enumerable.Range(0, width).Select(_ => JsonValue.Create("a"))])), null);
            }

            yield break;
        }

        foreach (var unknown in Unknowns(spec))
        {
            var cells = spec.Features.Select(feature => Cell(feature, unknown)).ToArray();
            yield return spec.RowForm == RowForm.Record
                ? (OneRow(Named(spec, cells)), null)
                : (OneRow(new JsonArray([.. cells.Select(cell => cell?.DeepClone())])), HasObjects(spec) ? OneRow(Named(spec, cells)) : null);
        }
    }

    // What a feature without categories takes as text is unknown: some models want words, some numbers.
    private static IEnumerable<JsonNode?> Unknowns(TableSpec spec)
    {
        yield return JsonValue.Create("a");
        yield return JsonValue.Create(0);
        if (spec.Features.Any(feature => feature.AllowsMissing))
        {
            yield return null;
        }
    }

    private static JsonObject Request(JsonNode? input) => new() { ["input"] = input };

    private static JsonObject OneRow(JsonNode? row) => Request(new JsonArray(row));

    private static JsonObject Named(TableSpec spec, JsonNode?[] cells)
    {
        var row = new JsonObject();
        for (var i = 0; i < cells.Length; i++)
        {
            row[spec.Features[i].Name!] = cells[i]?.DeepClone();
        }

        return row;
    }

    private static JsonNode? Cell(Feature feature, JsonNode? unknown)
    {
        if (feature.Example is { } example)
        {
            return ScalarJson.ToNode(example);
        }

        if (feature.Categories.Count > 0)
        {
            return ScalarJson.ToNode(feature.Categories[0]);
        }

        return feature.Kind switch
        {
            FeatureKind.Number => JsonValue.Create(0),
            FeatureKind.Text => JsonValue.Create(SampleText),
            _ => unknown,
        };
    }

    private static JsonNode? Tensors(TensorsSpec spec)
    {
        if (spec.Tensors is [var only])
        {
            return Nested(only, 0);
        }

        var input = new JsonObject();
        foreach (var tensor in spec.Tensors)
        {
            input[tensor.Name] = Nested(tensor, 0);
        }

        return input;
    }

    // Dimensions without a length are 1: the same for those of one name, which must be equal.
    private static JsonNode Nested(TensorSpec tensor, int dimension)
    {
        if (tensor.Content != InputContent.Elements)
        {
            return JsonValue.Create(tensor.Content == InputContent.Image ? SampleImage : SampleText);
        }

        if (dimension == (tensor.Shape?.Count ?? 1))
        {
            return tensor.Type switch
            {
                ElementType.String => JsonValue.Create("a"),
                ElementType.Boolean => JsonValue.Create(false),
                _ => JsonValue.Create(0),
            };
        }

        var length = tensor.Shape?[dimension].Length ?? 1;
        return new JsonArray([.. Enumerable.Range(0, (int)Math.Min(length, int.MaxValue)).Select(_ => Nested(tensor, dimension + 1))]);
    }
}
