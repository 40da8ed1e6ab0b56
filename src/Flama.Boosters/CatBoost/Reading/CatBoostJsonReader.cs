using System.Text.Json;
using System.Text.Unicode;
using Flama.Json;

namespace Flama.Boosters.CatBoost.Reading;

/// <summary>Reads a CatBoost model in JSON.</summary>
/// <remarks>
/// Tables that differ only in the classes of the target have one name in this form, and the last of them counts, as it does when CatBoost reads such a file. Checked
/// against files of 1.0.6, 1.1.1 and 1.2.10.
/// </remarks>
internal sealed class CatBoostJsonReader
{
    // Trees that are not symmetric nest an object for each question.
    private const int MaxDepth = 1024;

    private readonly JsonPart root;
    private readonly BoosterErrors errors;

    private CatBoostJsonReader(JsonElement root, BoosterErrors errors)
    {
        this.root = new(root, "", errors);
        this.errors = errors;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FlamaException">It is damaged, or uses what cannot be evaluated.</exception>
    public static CatBoostContent Read(ReadOnlyMemory<byte> file, BoosterErrors errors)
    {
        try
        {
            // Whoever asks for a text that is none would fail.
            if (!Utf8.IsValid(file.Span))
            {
                throw errors.Fail("a text in it is not valid UTF-8");
            }

            var repaired = SurrogateEscapes.Repair(file.Span);
            using var document = JsonDocument.Parse(repaired == file.Span ? file : repaired.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
            return new CatBoostJsonReader(document.RootElement, errors).Read();
        }
        catch (JsonException exception)
        {
            throw errors.Fail($"it is not JSON: {exception.Message.TrimEnd('.')}");
        }
    }

    private CatBoostContent Read()
    {
        var features = root.Get("features_info");
        foreach (var kind in (string[])["text", "embedding"])
        {
            if (features.Items($"{kind}_features").Any())
            {
                throw errors.Unsupported($"a CatBoost model with {kind} features");
            }
        }

        var (scale, bias) = ReadScale();
        return new CatBoostContent
        {
            Floats = [.. features.Items("float_features").Select(ReadFloat)],
            Categories = [.. features.Items("categorical_features").Select(feature => new CategoryFeature(Index(feature), Column(feature), NameOf(feature)))],
            OneHots =
            [
                .. from feature in features.Items("categorical_features")
                   let values = feature.Items("values").Select(value => value.Int32()).ToArray()
                   where values.Length > 0
                   select new OneHotFeature(Index(feature), values),
            ],
            Ctrs = new JsonCtrs(root, errors).Features(features.Items("ctrs")),
            Trees = root.Find("trees") is { } trees ? JsonTrees.ReadNodes(trees, bias.Length, errors) : JsonTrees.ReadSymmetric(root.Get("oblivious_trees")),
            Width = bias.Length,
            Scale = scale,
            Bias = bias,
            Info = ReadInfo(),
        };
    }

    private static FloatFeature ReadFloat(JsonPart feature) => new(
        Index(feature),
        Column(feature),
        NameOf(feature),
        feature.Get("nan_value_treatment") switch
        {
            var treatment when !treatment.IsText => throw treatment.Wrong("a text"),
            var treatment => treatment.Text() switch
            {
                "AsIs" => float.NaN,
                "AsFalse" => float.NegativeInfinity,
                "AsTrue" => float.PositiveInfinity,
                _ => throw treatment.Wrong("AsIs, AsFalse or AsTrue"),
            },
        },
        feature.Singles("borders"));

    private static int Index(JsonPart feature) => feature.Get("feature_index").Int32();

    private static int Column(JsonPart feature) => feature.Get("flat_feature_index").Int32();

    // Files of 1.0.6 name categories only, and in another member.
    private static string NameOf(JsonPart feature) => (feature.Find("feature_id") ?? feature.Find("feature_name"))?.Text() ?? "";

    // A number and a list of them; a single number in files from before there were several.
    private (double Scale, double[] Bias) ReadScale()
    {
        var both = root.Get("scale_and_bias");
        var items = both.Items().ToArray();
        return items.Length == 2
            ? (items[0].Double(), items[1].IsList ? items[1].Doubles() : [items[1].Double()])
            : throw both.Wrong("a scale and a bias");
    }

    private Dictionary<string, string> ReadInfo()
    {
        Dictionary<string, string> info = new(StringComparer.Ordinal);
        foreach (var (name, value) in root.Find("model_info")?.Members() ?? [])
        {
            info[name] = value.IsText ? value.Text() : value.Raw;
        }

        return info;
    }
}
