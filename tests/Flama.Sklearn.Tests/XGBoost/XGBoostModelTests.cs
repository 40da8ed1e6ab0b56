using System.Text;
using static Flama.Sklearn.Tests.XGBoost.BoosterSource;
using static Flama.Tests.XGBoostSource;

namespace Flama.Sklearn.Tests.XGBoost;

/// <summary>Forms of documents that the XGBoost of the golden cases does not write, worked out on paper.</summary>
public sealed class XGBoostModelTests
{
    [Fact]
    public void Predict_BaseScorePerClass_AddsEachToItsClass()
    {
        var booster = Booster(Document(
            $"{OneTree()},{OneTree(conditions: "[0.5,0,0]")},{OneTree()}", "multi:softmax", "[1E0,3E0,1.5E0]", "\"num_class\":\"3\",\"num_feature\":\"2\"", "\"tree_info\":[0,1,2]"));

        var answers = booster.Run(Method.Predict, Rows.Of([0, 0], [1, 0]));

        Assert.Equal([1, 2], answers);
    }

    [Fact]
    public void Predict_LeavesOfVectors_AddsToEveryTarget()
    {
        const string Parameters = "\"num_class\":\"0\",\"num_feature\":\"2\",\"num_target\":\"2\"";
        var numbered = OneTree(",\"leaf_weights\":[1,2,3,4]", leaf: "2").Replace("\"right_children\":[2,-1,-1]", "\"right_children\":[2,1,0]", StringComparison.Ordinal);
        var byNode = OneTree(",\"base_weights\":[9,9,10,20,30,40]", leaf: "2");
        var booster = Booster(Document($"{numbered},{byNode}", baseScore: "[1E2,2E2]", parameters: Parameters, model: "\"tree_info\":[0,0]"));

        var answers = booster.Run(Method.Predict, Rows.Of([0, 0], [1, 0]));

        Assert.Equal([100 + 3 + 10, 200 + 4 + 20, 100 + 1 + 30, 200 + 2 + 40], answers);
    }

    [Fact]
    public void Predict_WeightsBesideTheTrees_MultipliesLeaves()
    {
        var booster = Booster(Document($"{OneTree()},{OneTree()}", model: "\"tree_info\":[0,0],\"weight_drop\":[0.5,2]"));

        var answers = booster.Run(Method.Predict, Rows.Of([0.0, 0], [1.0, 0]));

        Assert.Equal([2.5, 5], answers);
    }

    [Fact]
    public void Predict_DirectionsAsWords_SendsMissingCellsThere()
    {
        var booster = Booster(Document($"{OneTree(defaultLeft: "[true,false,false]")},{OneTree(defaultLeft: "[false,false,false]")}"));

        var answers = booster.Run(Method.Predict, Rows.Of([double.NaN, 0]));

        Assert.Equal([3], answers);
    }

    [Fact]
    public void Predict_TreesOutOfOrder_TakesThemByNumber()
    {
        var first = OneTree(",\"id\":1", conditions: "[0.5,10,20]");
        var booster = Booster(Document(
            $"{first},{OneTree(",\"id\":0")}", "multi:softprob", "0", "\"num_class\":\"2\",\"num_feature\":\"2\"", "\"tree_info\":[1,0]"));

        var answers = booster.Run(Method.Predict, Rows.Of([0.0, 0]));

        Assert.Equal(MathF.Exp(-9) / (1 + MathF.Exp(-9)), answers[1], 1e-7);
    }

    [Fact]
    public void Predict_RoundsThatEndWhereTheFileSays_StopsAtTheBestOne()
    {
        var document = Document($"{OneTree()},{OneTree()},{OneTree()}", model: "\"tree_info\":[0,0,0],\"iteration_indptr\":[0,2,3]")
            .Replace("\"attributes\":{}", "\"attributes\":{\"best_iteration\":\"0\"}", StringComparison.Ordinal);
        var booster = Pickled.Estimator("xgboost.core", "Booster", ("handle", Encoding.UTF8.GetBytes(document)));

        var wrapper = Pickled.Build(Pickled.Estimator("xgboost.sklearn", "XGBRegressor", ("_Booster", booster), ("missing", double.NaN)));
        var alone = Pickled.Build(booster);

        Assert.Equal([2], wrapper.Run(Method.Predict, Rows.Of([0.0, 0])));
        Assert.Equal([3], alone.Run(Method.Predict, Rows.Of([0.0, 0])));
    }

    [Fact]
    public void Predict_NamedCategories_ReadsStringsAsNumbersAndRefusesUnknownOnes()
    {
        var tree = OneTree(
            ",\"split_type\":[1,0,0],\"categories\":[1],\"categories_nodes\":[0],\"categories_segments\":[0],\"categories_sizes\":[1]", conditions: "[NaN,1,2]");
        const string Cats = "\"cats\":{\"enc\":[{\"offsets\":[0,3,8],\"values\":[114,101,100,103,114,-61,-68,110]},{\"offsets\":[],\"values\":[]}]}";
        var booster = Booster(Document(tree, model: $"\"tree_info\":[0],{Cats}"));
        using var known = Colors("red", "grün");
        using var unknown = Colors("blue");

        var answers = booster.Run(Method.Predict, known);
        var error = Assert.Throws<FlamaException>(() => booster.Run(Method.Predict, unknown));

        Assert.Equal([1, 2], answers);
        Assert.Equal([2, 1], booster.Run(Method.Predict, Rows.Of([1, 0], [5, 0])));
        Assert.Equal("Row 0, feature 0: 'blue' is not a category that Booster was trained with.", error.Message);
    }

    [Fact]
    public void PredictProba_LabelsOfAnEncoder_AreThoseOfTheWrapper()
    {
        var booster = Pickled.Estimator(
            "xgboost.core", "Booster", ("handle", Encoding.UTF8.GetBytes(Document(OneTree(conditions: "[0.5,-1,1]"), "binary:logistic", "5E-1"))));
        var encoder = Pickled.Estimator("xgboost.compat", "XGBoostLabelEncoder", ("classes_", Pickled.Texts("no", "yes")));
        var classifier = Pickled.Build(Pickled.Estimator(
            "xgboost.sklearn", "XGBClassifier", ("_Booster", booster), ("n_classes_", 2L), ("_le", encoder), ("missing", null)));

        var labels = classifier.Shape(Method.Predict, null).Labels[0];
        var answers = classifier.Run(Method.Predict, Rows.Of([0, 0], [1, 0]));

        Assert.Equal(["no", "yes"], labels.Labels.Select(label => label.Text));
        Assert.Equal([0, 1], answers);
    }

    [Theory]
    [InlineData("\"left_children\":[1,-1,-1]", "\"left_children\":[0,-1,-1]", "tree 0 of its booster: node 0 has the children 0 and 2")]
    [InlineData("\"left_children\":[1,-1,-1]", "\"left_children\":[7,-1,-1]", "has the children 7 and 2")]
    [InlineData("\"left_children\":[1,-1,-1]", "\"left_children\":[1,-1]", "'right_children' has 3 entries, expected 2")]
    [InlineData("\"split_indices\":[0,0,0]", "\"split_indices\":[2,0,0]", "splits on feature 2 of 2")]
    [InlineData("\"split_conditions\":[0.5,1,2]", "\"split_conditions\":[0.5]", "it has 1 thresholds for 3 nodes")]
    [InlineData("\"default_left\":[1,0,0]", "\"default_left\":\"x\"", "it has no 'default_left'")]
    [InlineData("\"num_feature\":\"2\"", "\"num_feature\":\"2000000000\"", "its parameter 'num_feature' is '2000000000'")]
    [InlineData("\"num_feature\":\"2\"", "\"num_feature\":\"-2\"", "its parameter 'num_feature' is '-2'")]
    [InlineData("\"base_score\":\"0\"", "\"base_score\":\"[0,1]\"", "its base score is '[0,1]' for 1 scores")]
    [InlineData("\"base_score\":\"0\"", "\"base_score\":\"x\"", "its base score is 'x' for 1 scores")]
    [InlineData("\"tree_info\":[0]", "\"tree_info\":[1]", "its trees belong to columns that do not exist, among 1")]
    [InlineData("\"tree_info\":[0]", "\"tree_info\":[0,0]", "it has 1 trees, and columns for 2")]
    [InlineData("\"tree_info\":[0]", "\"tree_info\":[0],\"iteration_indptr\":[0,2]", "its rounds go from tree 0 to 2 of 1")]
    [InlineData("\"num_parallel_tree\":\"1\"", "\"num_trees\":\"2\"", "its booster has 1 trees and its parameter 'num_trees' is '2'")]
    [InlineData("\"size_leaf_vector\":\"1\"", "\"num_nodes\":\"5\"", "its parameter 'num_nodes' is '5', and 3 are there")]
    [InlineData("\"default_left\":[1,0,0]", "\"default_left\":[1,0.5,0]", "'default_left' has an entry that is neither 0 nor 1")]
    [InlineData("\"default_left\":[1,0,0]", "\"default_left\":[1,0,0],\"split_type\":[1,0,0]", "node 0 is of type 1, which its categories contradict")]
    [InlineData("\"name\":\"reg:squarederror\"", "\"name\":\"multi:softprob\"", "its objective is 'multi:softprob', and it has no classes")]
    [InlineData("\"feature_names\":[]", "\"feature_names\":[\"a\"]", "it has 1 names of features, and takes 2")]
    [InlineData("\"size_leaf_vector\":\"1\"", "\"size_leaf_vector\":\"7\"", "its leaves have 7 values for 1 scores")]
    [InlineData("\"trees\"", "\"shrubs\"", "its document has no trees")]
    [InlineData("\"objective\":{", "\"purpose\":{", "its document has no objective")]
    public void Load_InconsistentDocument_SaysWhere(string from, string to, string expected)
    {
        var document = Document(OneTree()).Replace(from, to, StringComparison.Ordinal);

        var error = Assert.Throws<FlamaException>(() => Booster(document));

        Assert.Equal(ErrorCodes.InvalidModel, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CategoryThatNeedsAHugeTable_FailsWithoutTakingMemory()
    {
        var trees = string.Join(",", Enumerable.Repeat(
            OneTree(",\"split_type\":[1,0,0],\"categories\":[16777000],\"categories_nodes\":[0],\"categories_segments\":[0],\"categories_sizes\":[1]"), 400));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<FlamaException>(
            () => Booster(Document(trees, model: $"\"tree_info\":[{string.Join(",", Enumerable.Repeat("0", 400))}]")));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(ErrorCodes.InvalidModel, error.Code);
        Assert.True(allocated < 400L << 20, $"it took {allocated} bytes");
    }

    [Theory]
    [InlineData("reg:new", "gbtree", "the objective 'reg:new'")]
    [InlineData("reg:squarederror", "gbforest", "the booster 'gbforest'")]
    public void Load_UnknownForm_IsRefusedByName(string objective, string booster, string expected)
    {
        var error = Assert.Throws<FlamaException>(() => Booster(Document(OneTree(), objective, booster: $"\"name\":\"{booster}\"")));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static FeatureBatch Colors(params string[] colors)
    {
        var rows = FeatureBatch.RentEmpty(2, colors.Length);
        foreach (var color in colors)
        {
            var row = rows.AddRow();
            rows.SetText(row, 0, color);
            rows.SetNumber(row, 1, 0);
        }

        return rows;
    }

    [Theory]
    [InlineData("[-7,-1,-1]", "[2,-1,-1]")]
    [InlineData("[1.5,-1,-1]", "[2,-1,-1]")]
    [InlineData("[1099511627776,-1,-1]", "[2,-1,-1]")]
    [InlineData("[1,-1,-1]", "[-7,-1,-1]")]
    [InlineData("[1,-1,-1]", "[2,-1,5]")]
    [InlineData("[1,-1,0.5]", "[2,-1,-1]")]
    public void Load_ChildrenThatDoNotExist_IsRefused(string left, string right)
    {
        var document = Document(OneTree()
            .Replace("\"left_children\":[1,-1,-1]", $"\"left_children\":{left}", StringComparison.Ordinal)
            .Replace("\"right_children\":[2,-1,-1]", $"\"right_children\":{right}", StringComparison.Ordinal));

        var error = Assert.Throws<FlamaException>(() => Booster(document));

        Assert.Equal(ErrorCodes.InvalidModel, error.Code);
        Assert.Contains("has the children", error.Message, StringComparison.Ordinal);
    }
}
