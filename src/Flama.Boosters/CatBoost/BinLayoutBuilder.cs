using Flama.Boosters.CatBoost.Numerics;

namespace Flama.Boosters.CatBoost;

/// <summary>Gives bins to the features that trees look at, and turns the numbers of binary features into questions to bins.</summary>
/// <remarks>Binary features are numbered: the borders of all features of numbers, then the single categories, then the borders of what is looked up.</remarks>
internal sealed class BinLayoutBuilder
{
    private readonly CatBoostContent content;
    private readonly BoosterErrors errors;
    private readonly Dictionary<int, FloatFeature> floats = [];
    private readonly Dictionary<int, CategoryFeature> categories = [];
    private readonly Dictionary<int, int> positions = [];
    private readonly List<int> columns = [];
    private readonly BinQuestion[] questions;
    private int bins;
    private int answers;

    private BinLayoutBuilder(CatBoostContent content, BoosterErrors errors)
    {
        this.content = content;
        this.errors = errors;
        foreach (var feature in content.Floats)
        {
            CheckBorders(feature.Borders);
            Add(floats, feature.Index, feature);
        }

        foreach (var feature in content.Categories)
        {
            Add(categories, feature.Index, feature);
        }

        foreach (var ctr in content.Ctrs)
        {
            CheckBorders(ctr.Borders);
        }

        var count = content.Floats.Sum(feature => (long)feature.Borders.Length)
            + content.OneHots.Sum(feature => (long)feature.Values.Length)
            + content.Ctrs.Sum(ctr => (long)ctr.Borders.Length);
        questions = count <= BinSplit.MaxBins ? new BinQuestion[count] : throw errors.Fail($"it has {count} binary features, more than {BinSplit.MaxBins}");
    }

    /// <summary>Makes the layout.</summary>
    /// <param name="content">The model.</param>
    /// <param name="errors">Whose it is.</param>
    /// <returns>The layout; for each binary feature its question, the default where trees do not ask it.</returns>
    public static (BinLayout Layout, BinQuestion[] Questions) Build(CatBoostContent content, BoosterErrors errors) => new BinLayoutBuilder(content, errors).Build();

    private (BinLayout Layout, BinQuestion[] Questions) Build()
    {
        MarkUsed();
        var next = 0;
        List<FloatBins> floatBins = [];
        foreach (var feature in content.Floats)
        {
            if (Slots(feature.Borders, ref next) is { Length: > 0 } slots)
            {
                floatBins.Add(new(feature.Column, feature.Missing, slots));
            }
        }

        List<OneHotBin> oneHots = [];
        foreach (var feature in content.OneHots)
        {
            foreach (var value in feature.Values)
            {
                if (questions[next] != default)
                {
                    oneHots.Add(new(Position(feature.Category), value, bins, answers));
                    questions[next] = new(BinSplit.Pack(bins++, 1), answers++);
                }

                next++;
            }
        }

        List<(CtrFeature Feature, BinSlot[] Slots)> ctrs = [];
        foreach (var ctr in content.Ctrs)
        {
            if (Slots(ctr.Borders, ref next) is { Length: > 0 } slots)
            {
                Check(ctr);
                ctrs.Add((ctr, slots));
            }
        }

        var tables = ctrs.GroupBy(ctr => ctr.Feature.Table, ReferenceEqualityComparer.Instance).Select(group => Lookup([.. group])).ToArray();
        return (new(bins, answers, [.. floatBins], [.. columns], [.. oneHots], tables), questions);
    }

    private void MarkUsed()
    {
        foreach (var split in content.Trees.Splits.Concat(content.Trees.Nodes.Where(node => node != TreeNode.None).Select(node => node.Split)))
        {
            if ((uint)split >= (uint)questions.Length)
            {
                throw errors.Fail($"a tree asks for the binary feature {split} of {questions.Length}");
            }

            questions[split] = BinQuestion.Asked;
        }
    }

    // As many borders to a bin as a byte counts; none where no tree asks.
    private BinSlot[] Slots(float[] borders, ref int next)
    {
        List<BinSlot> slots = [];
        for (var start = 0; start < borders.Length; start += BinCounts.MaxBorders)
        {
            var part = borders[start..Math.Min(borders.Length, start + BinCounts.MaxBorders)];
            var asked = questions.AsSpan(next, part.Length);
            next += part.Length;
            if (!asked.Contains(BinQuestion.Asked))
            {
                continue;
            }

            for (var i = 0; i < asked.Length; i++)
            {
                asked[i] = new(BinSplit.Pack(bins, i + 1), answers + i);
            }

            slots.Add(new(bins++, answers, part));
            answers += part.Length;
        }

        return [.. slots];
    }

    private CtrBins Lookup((CtrFeature Feature, BinSlot[] Slots)[] features)
    {
        var table = features[0].Feature.Table;
        var projection = table.Projection;
        return new(
            table,
            Array.ConvertAll(projection.Categories, Position),
            Array.ConvertAll(projection.FloatSplits, split =>
                floats.TryGetValue(split.Feature, out var feature)
                    ? (feature.Column, feature.Missing, split.Border)
                    : throw errors.Fail($"a CTR asks for the feature of numbers {split.Feature}, which there is not")),
            Array.ConvertAll(projection.OneHotSplits, split => (Position(split.Feature), split.Value)),
            features);
    }

    private int Position(int category)
    {
        if (!positions.TryGetValue(category, out var position))
        {
            positions.Add(category, position = columns.Count);
            columns.Add(categories.TryGetValue(category, out var feature)
                ? feature.Column
                : throw errors.Fail($"it asks for the feature of categories {category}, which there is not"));
        }

        return position;
    }

    private void Check(CtrFeature ctr)
    {
        if (CtrTable.CountsClasses(ctr.Table.Type) && (uint)ctr.TargetBorder >= (uint)ctr.Table.Classes)
        {
            throw errors.Fail($"a CTR asks for the class {ctr.TargetBorder} of {ctr.Table.Classes}");
        }
    }

    private void CheckBorders(float[] borders)
    {
        for (var i = 0; i < borders.Length; i++)
        {
            if (float.IsNaN(borders[i]) || (i > 0 && borders[i] < borders[i - 1]))
            {
                throw errors.Fail("the borders of a feature do not ascend");
            }
        }
    }

    private void Add<T>(Dictionary<int, T> features, int index, T feature)
    {
        if (!features.TryAdd(index, feature))
        {
            throw errors.Fail($"two of its features have the number {index}");
        }
    }
}
