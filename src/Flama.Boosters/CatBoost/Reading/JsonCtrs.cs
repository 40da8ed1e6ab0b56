using System.Globalization;

namespace Flama.Boosters.CatBoost.Reading;

/// <summary>Reads the features that look numbers up, and their tables, in JSON.</summary>
/// <param name="root">The document.</param>
/// <param name="errors">Whose it is.</param>
internal sealed class JsonCtrs(JsonPart root, BoosterErrors errors)
{
    private readonly Dictionary<string, CtrTable> tables = new(StringComparer.Ordinal);

    /// <summary>The features.</summary>
    public CtrFeature[] Features(IEnumerable<JsonPart> features) => [.. features.Select(ReadFeature)];

    private CtrFeature ReadFeature(JsonPart feature) => new(
        TableOf(feature),
        feature.Get("target_border_idx").Int32(),
        feature.Get("prior_numerator").Single(),
        feature.Get("prior_denomerator").Single(),
        feature.Get("shift").Single(),
        feature.Get("scale").Single(),
        feature.Singles("borders"));

    private CtrTable TableOf(JsonPart feature)
    {
        var type = feature.Get("ctr_type");
        if (!Enum.TryParse<CtrType>(type.Text(), out var read) || read.ToString() != type.Text())
        {
            throw type.Wrong("a type of CTR");
        }

        var projection = ReadProjection(feature.Get("elements"));
        var identifier = feature.Get("identifier").Text();
        if (!tables.TryGetValue(identifier, out var table))
        {
            tables.Add(identifier, table = ReadTable(read, projection, root.Get("ctr_data").Get(identifier)));
        }

        return table.Type == read && table.Projection.Equals(projection)
            ? table
            : throw feature.Wrong("what others with its identifier are");
    }

    private static CtrProjection ReadProjection(JsonPart elements)
    {
        List<int> categories = [];
        List<FloatSplit> floats = [];
        List<OneHotSplit> oneHots = [];
        foreach (var element in elements.Items())
        {
            var kind = element.Get("combination_element");
            switch (kind.Text())
            {
                case "cat_feature_value":
                    categories.Add(element.Get("cat_feature_index").Int32());
                    break;
                case "float_feature":
                    floats.Add(new(element.Get("float_feature_index").Int32(), element.Get("border").Single()));
                    break;
                case "cat_feature_exact_value":
                    oneHots.Add(new(element.Get("cat_feature_index").Int32(), element.Get("value").Int32()));
                    break;
                default:
                    throw kind.Wrong("a known element of a combination");
            }
        }

        return new([.. categories], [.. floats], [.. oneHots]);
    }

    // Keys as text, each with its values after it; an empty slot has the largest key, and values without a meaning.
    private CtrTable ReadTable(CtrType type, CtrProjection projection, JsonPart table)
    {
        var stride = table.Get("hash_stride");
        var width = stride.Int32() - 1;
        var isMean = CtrTable.IsMean(type);
        if (width < 1 || (isMean && width != 2) || (!isMean && !CtrTable.CountsClasses(type) && width != 1))
        {
            throw stride.Wrong($"the size of an entry of {type}");
        }

        List<ulong> keys = [];
        List<int> counts = [];
        List<float> sums = [];
        var left = 0;
        var isEmpty = false;
        foreach (var item in table.Get("hash_map").Items())
        {
            if (left == 0)
            {
                var key = ulong.TryParse(item.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw item.Wrong("a key");
                isEmpty = key == ulong.MaxValue;
                left = width;
                if (!isEmpty)
                {
                    keys.Add(key);
                }

                continue;
            }

            left--;
            if (isEmpty)
            {
                continue;
            }

            if (isMean && left == 1)
            {
                sums.Add(item.Single());
            }
            else
            {
                counts.Add(item.Int32());
            }
        }

        if (left != 0)
        {
            throw table.Wrong($"entries of {width + 1}");
        }

        var index = CtrTables.Index(keys, [.. Enumerable.Range(0, keys.Count)], errors);
        return new(type, projection, index, isMean ? 1 : width, [.. counts], [.. sums], table.Get("counter_denominator").Int32());
    }
}
