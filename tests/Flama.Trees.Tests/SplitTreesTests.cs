using System.Numerics;

namespace Flama.Trees.Tests;

/// <summary>The walk in step against a walk node by node, on random trees and rows.</summary>
public sealed class SplitTreesTests
{
    private const int Features = 5;
    private const int Width = 3;

    [Theory]
    // Trees, leaves a tree, whether children are picked from the right (deep trees), whether some splits are on categories.
    [InlineData(1, 1, false, false)]
    [InlineData(3, 2, false, false)]
    [InlineData(17, 30, false, false)]
    [InlineData(9, 60, true, false)]
    // Blended in batches: trees of few splits for their depth; and some that are not, among them.
    [InlineData(40, 8, false, false)]
    [InlineData(12, 31, true, false)]
    [InlineData(5, 200, false, false)]
    [InlineData(8, 20, false, true)]
    // More thresholds than bytes can rank; trees of which only the upper levels are blended, with sets below them too.
    [InlineData(60, 150, false, false)]
    [InlineData(20, 2500, false, false)]
    [InlineData(20, 600, false, true)]
    public void Accumulate_RandomTrees_AddsTheLeavesThatAPlainWalkFinds(int trees, int leaves, bool isDeep, bool hasSets)
    {
        Check<float>(trees, leaves, isDeep, hasSets, MissingCell.GoesRight);
        Check<double>(trees, leaves, isDeep, hasSets, MissingCell.GoesRightWithZero);
    }

    [Fact]
    public void Accumulate_ThresholdThatIsNaN_IsReachedByNoRow()
    {
        var builder = new SplitTreesBuilder<float>(1);
        for (var i = 0; i < 50; i++)
        {
            builder.Add(
                [new(i, 1, 2, 0, MissingCell.GoesLeft, -1, 0), Leaf<float>(1, 1), new(float.NaN, 3, 4, 0, MissingCell.GoesLeft, -1, 2), Leaf<float>(100, 3), Leaf<float>(7, 4)],
                0,
                Fail);
        }

        var rows = Enumerable.Range(0, 64).Select(row => new[] { row % 2 == 0 ? double.NegativeInfinity : double.PositiveInfinity }).ToArray();
        var sums = new float[rows.Length];

        new BoostedSum<float>(builder.Build(), null).Accumulate(Batch(rows), sums, 1);

        Assert.Equal(rows.Select(row => row[0] < 0 ? 50f : 5000f), sums);
    }

    [Fact]
    public void Accumulate_MoreColumnsThanCompactNodesCanName_GivesTheSame()
    {
        const int Columns = 70_000;
        var builder = new SplitTreesBuilder<float>(Columns) { Absent = float.NaN };
        for (var i = 0; i < Columns; i += 2)
        {
            builder.Add([new(0.5f, 1, 2, i, MissingCell.GoesLeft, -1, 0), Leaf<float>(1, 1), Leaf<float>(-1, 2)], 0, Fail);
            builder.Add([new(0.5f, 1, 2, i, MissingCell.GoesRight, -1, 0), Leaf<float>(1, 1), Leaf<float>(-1, 2)], 0, Fail);
        }

        var ensemble = builder.Build();
        var rows = Enumerable.Range(0, 5).Select(_ => new double[Columns]).ToArray();
        rows[1].AsSpan().Fill(1);
        rows[2].AsSpan().Fill(double.NaN);
        rows[3][0] = 1;
        rows[4][2] = double.NaN;
        var sums = new float[5];

        new BoostedSum<float>(ensemble, null).Accumulate(Batch(rows), sums, 1);

        Assert.Equal([Columns, -Columns, 0, Columns - 4, Columns - 2], sums);
    }

    [Fact]
    public void Accumulate_TablesOfCategories_GivesTheSameForOneRowAsForMany()
    {
        const int Rows = 300;
        SplitTreesBuilder<double> builder = new(1);
        ulong[] odd = [.. Enumerable.Repeat(0xAAAA_AAAA_AAAA_AAAAUL, 4), 1, 0, 0, 0];
        var table = builder.AddTable(odd);
        for (var i = 0; i < 40; i++)
        {
            builder.Add(
                [
                    new(double.PositiveInfinity, 1, 2, 0, MissingCell.IsCategory, table, 0), Leaf<double>(1, 1),
                    new(double.PositiveInfinity, 3, 4, 0, MissingCell.IsCategory, table, 2), Leaf<double>(1000, 3), Leaf<double>(10, 4),
                ],
                0,
                Fail);
        }

        var rows = Enumerable.Range(0, Rows).Select(row => new[] { row % 7 == 0 ? double.NaN : row % 250 }).ToArray();
        var sums = new double[Rows];

        new BoostedSum<double>(builder.Build(), null).Accumulate(Batch(rows), sums, 1);

        Assert.Equal(rows.Select(row => double.IsNaN(row[0]) || row[0] % 2 == 1 ? 400.0 : 40.0), sums);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(-5, 2)]
    public void Add_ChildrenThatMakeNoTree_Fails(int left, int right)
    {
        var builder = new SplitTreesBuilder<float>(1);

        var error = Assert.Throws<FlamaException>(() => builder.Add(
            [new(0, 1, 2, 0, MissingCell.GoesLeft, -1, 0), new(0, Math.Max(left, 0), right, 0, MissingCell.GoesLeft, -1, 1), Leaf<float>(1, 2)], 0, Fail));

        Assert.Contains("one parent each", error.Message, StringComparison.Ordinal);
    }

    private static void Check<T>(int trees, int leaves, bool isDeep, bool hasSets, MissingCell other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(trees + leaves);
        var builder = new SplitTreesBuilder<T>(Features) { Absent = T.NaN, SetGoesRight = true };
        var set = hasSets ? builder.AddSet([0b1010], missingRight: true) : -1;
        var sources = new List<SplitSource<T>[]>();
        for (var i = 0; i < trees; i++)
        {
            sources.Add(Tree<T>(random, leaves, isDeep, set, other));
            builder.Add(sources[^1], i % Width, Fail);
        }

        var ensemble = builder.Build();
        foreach (var count in new[] { 1, 3, 4, 7, 8, 23, 24, 64, 65, 131, 256, 257, 300 })
        {
            var rows = Enumerable.Range(0, count).Select(_ => Cells(random)).ToArray();
            var expected = rows.SelectMany(row => Expected(sources, row)).ToArray();

            var sums = new T[count * Width];
            new BoostedSum<T>(ensemble, null).Accumulate(Batch(rows), sums, Width);

            Assert.Equal(expected, sums);
        }
    }

    private static FeatureBatch Batch(double[][] rows) => FeatureBatch.Wrap([.. rows.SelectMany(row => row)], rows[0].Length);

    private static double[] Cells(Random random)
    {
        double[] special = [double.NaN, 0, 1, 2, 3, -1, double.PositiveInfinity, double.NegativeInfinity, 1e-36];
        return [.. Enumerable.Range(0, Features).Select(_ => random.Next(2) == 0 ? special[random.Next(special.Length)] : (random.NextDouble() * 4) - 1)];
    }

    private static SplitSource<T>[] Tree<T>(Random random, int leaves, bool isDeep, int set, MissingCell other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var nodes = new List<SplitSource<T>> { Leaf<T>(random.NextDouble(), 0) };
        var open = new List<int> { 0 };
        for (var i = 1; i < leaves; i++)
        {
            var pick = isDeep ? open.Count - 1 : random.Next(open.Count);
            var node = open[pick];
            open.RemoveAt(pick);
            nodes[node] = new(
                T.CreateTruncating(random.Next(5) == 0 ? 1 : (random.NextDouble() * 3) - 1),
                nodes.Count,
                nodes.Count + 1,
                random.Next(Features),
                random.Next(2) == 0 ? MissingCell.GoesLeft : other,
                random.Next(3) == 0 ? set : -1,
                node);
            open.Add(nodes.Count);
            open.Add(nodes.Count + 1);
            nodes.Add(Leaf<T>(random.NextDouble(), nodes.Count));
            nodes.Add(Leaf<T>(random.NextDouble(), nodes.Count));
        }

        return [.. nodes];
    }

    private static T[] Expected<T>(List<SplitSource<T>[]> trees, double[] row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sums = new T[Width];
        for (var i = 0; i < trees.Count; i++)
        {
            var node = trees[i][0];
            while (!node.IsLeaf)
            {
                node = trees[i][GoesRight(node, T.CreateTruncating(row[node.Feature])) ? node.Right : node.Left];
            }

            sums[i % Width] += node.Value;
        }

        return sums;
    }

    private static bool GoesRight<T>(SplitSource<T> node, T cell)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (node.Set >= 0)
        {
            return T.IsNaN(cell) || (cell >= T.Zero && cell < T.CreateChecked(32) && ((0b1010 >> int.CreateTruncating(cell)) & 1) != 0);
        }

        var isMissing = T.IsNaN(cell) || (node.Missing == MissingCell.GoesRightWithZero && T.Abs(cell) < T.CreateTruncating(1e-35));
        return isMissing ? node.Missing != MissingCell.GoesLeft : cell >= node.Value;
    }

    private static SplitSource<T> Leaf<T>(double value, int number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(T.CreateTruncating(value), -1, -1, 0, default, -1, number);

    private static FlamaException Fail(string what) => new(ErrorCodes.InvalidModel, what);
}
