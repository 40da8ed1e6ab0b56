using Flama.Boosters.CatBoost;
using Flama.Tables;

namespace Flama.Boosters.Tests.CatBoost;

public sealed class CtrTests : IRowOwner
{
    private static readonly string[] Cities = ["Oslo", "Bergen", "", "Tromsø"];
    private static readonly string[] Colours = ["red", "blue"];

    public string Name => "test";

    public IReadOnlyList<string>? FeatureNames => null;

    // Keys of models that CatBoost trained on the Adult data and exported to Python.
    [Theory]
    [InlineData(15788301966321637888, "United-States", "0")]
    [InlineData(11772109559350781439, "?", "0")]
    [InlineData(12388642741946772418, "Married-spouse-absent", "0", "1", "1")]
    [InlineData(15554416449052025026, "Married-civ-spouse", "0", "0", "0")]
    public void Combine_CategoryAndAnswers_IsTheKeyInCatBoostsTable(ulong expected, string category, params string[] answers)
    {
        var key = CtrProjection.Combine(0, (ulong)CategoryHash.Of(category));

        Assert.Equal(expected, answers.Aggregate(key, (whole, answer) => CtrProjection.Combine(whole, answer == "1" ? 1UL : 0)));
    }

    [Fact]
    public void Combine_Categories_IsTheKeyInCatBoostsTable()
    {
        var key = ((string[])["Married-civ-spouse", "Sales", "White"]).Aggregate(0UL, (whole, text) => CtrProjection.Combine(whole, (ulong)CategoryHash.Of(text)));

        Assert.Equal(8729380230485332353UL, key);
    }

    [Theory]
    [InlineData(nameof(CtrType.Borders), 3)]
    [InlineData(nameof(CtrType.Buckets), 3)]
    [InlineData(nameof(CtrType.BinarizedTargetMeanValue), 1)]
    [InlineData(nameof(CtrType.FloatTargetMeanValue), 1)]
    [InlineData(nameof(CtrType.Counter), 1)]
    [InlineData(nameof(CtrType.FeatureFreq), 1)]
    public void Score_CombinationOfCategoriesAndQuestions_IsAsDescribed(string typeName, int classes)
    {
        var type = Enum.Parse<CtrType>(typeName);
        var random = new Random(classes + (int)type);
        var projection = new CtrProjection([7, 3], [new(0, 0.5f)], [new(3, CategoryHash.Of("blue"))]);
        var keys = (from city in Cities.Take(3) from colour in Colours from high in (int[])[0, 1] select Key(city, colour, high)).ToArray();
        var counts = Enumerable.Range(0, keys.Length * classes).Select(_ => random.Next(1, 9)).ToArray();
        float[] sums = CtrTable.IsMean(type) ? [.. keys.Select(_ => random.NextSingle() * 3)] : [];
        var rows = Enumerable.Range(0, keys.Length).Reverse().ToArray();
        var table = new CtrTable(type, projection, new CtrIndex(keys, rows), classes, counts, sums, 17);
        var ctr = new CtrFeature(table, classes - 2 < 0 ? 0 : 1, 0.5f, 1, 0.25f, 8, [1, 2, 3, 4, 5]);
        var content = Content(random, ctr);
        var model = new CatBoostModel(content, HandMadeModel.Errors);
        using var input = Rows(random);

        var together = new double[input.Rows];
        model.Score(this, input, together);

        var alone = new double[1];
        for (var row = 0; row < input.Rows; row++)
        {
            model.Score(this, input.Slice(row, 1), alone);
            Assert.Equal(Expected(content, ctr, input, row, keys), alone[0]);
            Assert.Equal(alone[0], together[row]);
        }
    }

    private static ulong Key(string city, string colour, int high) =>
        ((ulong[])[(ulong)CategoryHash.Of(city), (ulong)CategoryHash.Of(colour), (ulong)high, colour == "blue" ? 1UL : 0]).Aggregate(0UL, CtrProjection.Combine);

    private static CatBoostContent Content(Random random, CtrFeature ctr) => new()
    {
        Floats = [new(0, 2, "", float.PositiveInfinity, [0.5f])],
        Categories = [new(3, 1, ""), new(7, 0, "")],
        OneHots = [new(7, [CategoryHash.Of("Oslo"), CategoryHash.Of("")])],
        Ctrs = [ctr],
        Trees = new TreeShapes([.. Enumerable.Range(0, 16 + 32).Select(_ => random.NextDouble())]) { Depths = [4, 5], Splits = [0, 3, 1, 5, 7, 6, 2, 4, 3] },
        Width = 1,
        Scale = 1,
        Bias = [0],
        Info = new Dictionary<string, string>(),
    };

    private static FeatureBatch Rows(Random random)
    {
        var rows = FeatureBatch.Rent(50, 3, withTexts: true);
        for (var row = 0; row < rows.Rows; row++)
        {
            rows.SetText(row, 0, Cities[random.Next(Cities.Length)]);
            rows.SetText(row, 1, Colours[random.Next(Colours.Length)]);
            rows.SetNumber(row, 2, row % 7 == 0 ? double.NaN : random.NextDouble());
        }

        return rows;
    }

    // Every binary feature asked by itself, a table by a search for its key.
    private static double Expected(CatBoostContent content, CtrFeature ctr, FeatureBatch input, int row, ulong[] keys)
    {
        var city = input.TextAt(row, 0)!;
        var cell = input.Row(row)[2];
        var isHigh = double.IsNaN(cell) || (float)cell > 0.5f;
        var key = Array.IndexOf(keys, Key(city, input.TextAt(row, 1)!, isHigh ? 1 : 0));
        var number = ctr.Of(key < 0 ? -1 : keys.Length - 1 - key);
        bool[] answers = [isHigh, city == "Oslo", city.Length == 0, .. ctr.Borders.Select(border => number > border)];
        var (sum, split, leaf) = (0.0, 0, 0);
        foreach (var depth in content.Trees.Depths)
        {
            sum += content.Trees.LeafValues[leaf + Enumerable.Range(0, depth).Sum(level => answers[content.Trees.Splits[split + level]] ? 1 << level : 0)];
            (split, leaf) = (split + depth, leaf + (1 << depth));
        }

        return sum;
    }

    [Fact]
    public void Of_WhatTrainingNeverSaw_IsThePriorAndForCountersTheirTotal()
    {
        var index = new CtrIndex([1], [0]);
        CtrProjection none = new([], [], []);

        var borders = new CtrFeature(new(CtrType.Borders, none, index, 2, [3, 5], [], 0), 0, 0.5f, 1, 0, 10, []);
        var counter = new CtrFeature(new(CtrType.Counter, none, index, 1, [3], [], 9), 0, 0.5f, 1, 0, 10, []);

        Assert.Equal(5f, borders.Of(-1));
        Assert.Equal(5.5f / 9 * 10, borders.Of(0), 1e-6f);
        Assert.Equal(0.5f / 10 * 10, counter.Of(-1), 1e-6f);
        Assert.Equal(3.5f / 10 * 10, counter.Of(0), 1e-6f);
    }
}
