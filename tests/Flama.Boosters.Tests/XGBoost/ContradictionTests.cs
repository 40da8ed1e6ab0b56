using System.Text;
using System.Text.Json.Nodes;
using Flama.Boosters.XGBoost;
using Flama.Json;

namespace Flama.Boosters.Tests.XGBoost;

/// <summary>Documents of XGBoost in which one number was changed to one that cannot stand there: refused, or answered as before where it means nothing.</summary>
public sealed class ContradictionTests
{
    private const int MaxArrays = 60;

    private static readonly string[] Arrays =
    [
        "left_children", "right_children", "split_indices", "default_left", "categories", "categories_nodes", "categories_segments", "categories_sizes",
        "split_type", "tree_info", "iteration_indptr",
    ];

    private static readonly JsonNode[] Impossible = [-7, 1.5, 1L << 40, "x"];

    public static TheoryData<string, string> Models() => BoosterFixtures.Entries("xgboost", "model.json");

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_NumberThatCannotBe_IsRefusedOrMeansNothing(string archive, string entry)
    {
        var original = Parse(archive, entry);
        using var model = Load(original);
        var expected = BoosterFixtures.Answer(model);
        Random random = new(3);
        List<string> wrong = [];

        JsonArray[] arrays = [.. ArraysOf(original)];
        random.Shuffle(arrays);
        foreach (var array in arrays.Take(MaxArrays))
        {
            var at = random.Next(array.Count);
            var before = array[at];
            var value = Impossible[random.Next(Impossible.Length)];
            array[at] = value.DeepClone();
            Check(original, expected, $"{array.GetPath()}[{at}] = {value}", wrong);
            array[at] = before?.DeepClone();

            var last = array[^1]?.DeepClone();
            array.RemoveAt(array.Count - 1);
            Check(original, expected, $"{array.GetPath()} without its last", wrong);
            array.Add(last);
            array.Add(last?.DeepClone());
            Check(original, expected, $"{array.GetPath()} with its last twice", wrong);
            array.RemoveAt(array.Count - 1);
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(20)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_TreeLess_IsRefused(string archive, string entry)
    {
        var document = Parse(archive, entry);
        var trees = Find(document).FirstOrDefault(array => array.GetPath().EndsWith(".trees", StringComparison.Ordinal));
        if (trees is not { Count: > 0 })
        {
            Assert.True(entry.Contains("linear", StringComparison.Ordinal) || entry.Contains("no_trees", StringComparison.Ordinal), entry);
            return;
        }

        trees.RemoveAt(trees.Count / 2);

        Assert.Throws<FlamaException>(() => Load(document));
    }

    [Theory]
    [InlineData("{\"learner\":{},\"learner\":{}}")]
    [InlineData("{\"learner\":{\"attributes\":{},\"attributes\":{}}}")]
    public void Load_NameTwice_IsRefused(string text)
    {
        ModelSource source = new("model.json", ModelFormats.XGBoostJson, ModelPayload.FromMemory(Encoding.UTF8.GetBytes(text)));

        var error = Assert.Throws<FlamaException>(() => new XGBoostEngine().Load(source, LoadOptions.Default));

        Assert.Equal(ErrorCodes.Corrupt, error.Code);
        Assert.Contains("twice", error.Message, StringComparison.Ordinal);
    }

    // NaN as a bare word is Python's and XGBoost's, not JSON's.
    private static JsonNode Parse(string archive, string entry) => JsonNode.Parse(PythonJson.ReplaceConstants(
        BoosterFixtures.Read(archive, entry), "\"NaN\""u8, "1e999"u8, "-1e999"u8))!;

    private static void Check(JsonNode document, double[] expected, string change, List<string> wrong)
    {
        try
        {
            using var changed = Load(document);
            if (!BoosterFixtures.Answer(changed).AsSpan().SequenceEqual(expected))
            {
                wrong.Add(change);
            }
        }
        catch (FlamaException)
        {
            // Refused.
        }
    }

    private static Model Load(JsonNode document)
    {
        ModelSource source = new("model.json", ModelFormats.XGBoostJson, ModelPayload.FromMemory(Encoding.UTF8.GetBytes(document.ToJsonString())));
        return new XGBoostEngine().Load(source, LoadOptions.Default);
    }

    private static IEnumerable<JsonArray> ArraysOf(JsonNode document) =>
        Find(document).Where(array => array.Count > 0 && Arrays.Contains(array.GetPath().Split('.')[^1], StringComparer.Ordinal));

    private static IEnumerable<JsonArray> Find(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Find(member.Value)),
        JsonArray array => array.SelectMany(Find).Append(array),
        _ => [],
    };
}
