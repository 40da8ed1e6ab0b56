using Flama.Sklearn.Tree;

namespace Flama.Sklearn.Tests.Tree;

public sealed class MissingRuleTests
{
    [Theory]
    [InlineData("1.2.1", "best", "gini", false, false)]
    [InlineData("1.4.2", "best", "gini", false, true)]
    [InlineData("1.5.0", "random", "gini", false, false)]
    [InlineData("1.6.0", "random", "gini", false, true)]
    [InlineData("1.8.0", "best", "absolute_error", false, false)]
    [InlineData("1.9.0", "best", "absolute_error", false, true)]
    [InlineData("1.8.0", "best", "squared_error", true, false)]
    [InlineData("1.9.0", "best", "squared_error", true, true)]
    public void AppliesTo_VersionAndParameters_IsScikitLearnsRule(string version, string splitter, string criterion, bool isMonotonic, bool expected)
    {
        var tree = Pickled.Estimator(
            "sklearn.tree._classes",
            "DecisionTreeRegressor",
            ("splitter", splitter),
            ("criterion", criterion),
            ("monotonic_cst", isMonotonic ? Pickled.Integers(1) : null));

        var applies = MissingRule.AppliesTo(new EstimatorState(tree, "model", SklearnVersion.Parse(version)!.Value, new EstimatorLoader()));

        Assert.Equal(expected, applies);
    }
}
