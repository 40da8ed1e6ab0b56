using static Flama.Sklearn.Tests.LightGbm.LightGbmEstimator;
using static Flama.Tests.LightGbmSource;

namespace Flama.Sklearn.Tests.LightGbm;

/// <summary>Where each decision type sends cells, worked out on paper: L adds −1, R adds 1.</summary>
public sealed class LightGbmTreeTests
{
    private static readonly double[] Cells = [double.NegativeInfinity, -0.6, -0.5, -1e-36, 0, 1e-36, 1e-34, double.NaN, double.PositiveInfinity];

    [Theory]
    // No missing: NaN counts as 0.
    [InlineData(0, "-0.5", "LLLRRRRRR")]
    [InlineData(2, "-0.5", "LLLRRRRRR")]
    [InlineData(0, "0.5", "LLLLLLLLR")]
    // Zero is missing, and so is what counts as 0.
    [InlineData(4, "-0.5", "LLLRRRRRR")]
    [InlineData(4, "0.5", "LLLRRRLRR")]
    [InlineData(6, "-0.5", "LLLLLLRLR")]
    [InlineData(6, "0.5", "LLLLLLLLR")]
    // NaN is missing.
    [InlineData(8, "-0.5", "LLLRRRRRR")]
    [InlineData(8, "0.5", "LLLLLLLRR")]
    [InlineData(10, "-0.5", "LLLRRRRLR")]
    [InlineData(10, "0.5", "LLLLLLLLR")]
    [InlineData(8, "1.0000000180025095e-35", "LLLLLLRRR")]
    // Training parts missing cells from all numbers.
    [InlineData(0, "inf", "LLLLLLLLL")]
    [InlineData(4, "inf", "LLLRRRLRL")]
    [InlineData(6, "inf", "LLLLLLLLL")]
    [InlineData(8, "inf", "LLLLLLLRL")]
    [InlineData(10, "inf", "LLLLLLLLL")]
    public void Predict_NumericSplit_SendsCellsAsItsTypeSays(int decision, string threshold, string expected)
    {
        var booster = Booster(Model("regression", 1, Split(threshold, decision)));

        var answers = booster.Run(Method.Predict, Rows.Of([.. Cells.Select(cell => new[] { cell })]));

        Assert.Equal(expected, Sides(answers));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1 + 8)]
    [InlineData(1 + 2 + 8)]
    public void Predict_CategoricalSplit_SendsCategoriesOfTheSetLeft(int decision)
    {
        // 0, 2 and 33; the second set of two.
        var tree = Split("1", decision, "num_cat=2\ncat_boundaries=0 1 3\ncat_threshold=4294967295 5 2");
        var booster = Booster(Model("regression", 1, tree));

        var answers = booster.Run(
            Method.Predict, Rows.Of([0], [1], [2], [2.9], [33], [34], [64], [1e10], [-0.5], [-1], [double.NaN], [double.PositiveInfinity]));

        Assert.Equal("LRLLLRRRLRRR", Sides(answers));
    }

    [Fact]
    public void Predict_ThreeLevels_FollowsInnerNodesAndLeaves()
    {
        const string Tree = """
            Tree=0
            num_leaves=4
            num_cat=0
            split_feature=0 1 0
            threshold=1 2 3
            decision_type=2 2 2
            left_child=1 -1 -2
            right_child=2 -3 -4
            leaf_value=10 20 30 40


            """;
        var booster = Booster(Model("regression", 2, Tree));

        var answers = booster.Run(Method.Predict, Rows.Of([0, 0], [0, 3], [2, 0], [4, 0], [1, 2]));

        Assert.Equal([10, 30, 20, 40, 10], answers);
    }

    [Fact]
    public void Predict_LinearLeaves_AddCoefficientsUnlessACellIsMissing()
    {
        const string Tree = """
            Tree=0
            num_leaves=2
            num_cat=0
            split_feature=0
            threshold=1
            decision_type=2
            left_child=-1
            right_child=-2
            leaf_value=5 7
            is_linear=1
            leaf_const=0.5 0.25
            num_features=2 0
            leaf_features=0 1  
            leaf_coeff=2 3  


            """;
        var booster = Booster(Model("regression", 2, Tree + Leaf(100)));

        var answers = booster.Run(Method.Predict, Rows.Of([1, 10], [0, double.NaN], [2, 10]));

        Assert.Equal([132.5, 105, 100.25], answers);
        Assert.False(booster.TakesSparse);
    }

    [Fact]
    public void Predict_SparseRows_TakesWhatTheyLeaveOutForZero()
    {
        var booster = Booster(Model("regression", 2, Split("-0.5", 4) + Split("0.5", 8)));
        double[][] rows = [[0, 1], [-1, 0], [1, 0], [0.25, 3]];

        var dense = booster.Run(Method.Predict, Rows.Of(rows));
        var sparse = booster.Run(Method.Predict, Rows.Sparse(rows));

        Assert.Equal([0, -2, 2, 0], dense);
        Assert.Equal(dense, sparse);
    }

    private static string Sides(double[] answers) => string.Concat(answers.Select(answer => answer < 0 ? 'L' : 'R'));
}
