using static Flama.Sklearn.Tests.LightGbm.LightGbmEstimator;
using static Flama.Tests.LightGbmSource;

namespace Flama.Sklearn.Tests.LightGbm;

public sealed class LightGbmModelTests
{
    [Theory]
    [InlineData("regression", -2)]
    [InlineData("regression sqrt", -4)]
    [InlineData("regression_l1", -2)]
    [InlineData("huber", -2)]
    [InlineData("quantile", -2)]
    [InlineData("mape", -2)]
    [InlineData("lambdarank", -2)]
    [InlineData("custom", -2)]
    [InlineData("poisson", 0.1353352832366127)]
    [InlineData("gamma", 0.1353352832366127)]
    [InlineData("tweedie", 0.1353352832366127)]
    [InlineData("binary sigmoid:1", 0.11920292202211755)]
    [InlineData("binary sigmoid:0.5", 0.2689414213699951)]
    [InlineData("cross_entropy", 0.11920292202211755)]
    [InlineData("cross_entropy_lambda", 0.12692801104297263)]
    public void Predict_Objective_AppliesItsFunction(string objective, double expected)
    {
        var booster = Booster(Model(objective, 1, Leaf(-1.5) + Leaf(-0.5)));

        var answer = booster.Run(Method.Predict, Rows.Of([0.0]));

        Assert.Equal(expected, answer[0], 1e-15);
    }

    [Fact]
    public void Predict_RandomForest_GivesTheMean()
    {
        var booster = Booster(Model("regression", 1, Leaf(1) + Leaf(2) + Leaf(6), "average_output"));

        var answer = booster.Run(Method.Predict, Rows.Of([0.0]));

        Assert.Equal([3], answer);
    }

    [Theory]
    [InlineData("multiclass num_class:3", 0.09003057317038046, 0.24472847105479767, 0.6652409557748219)]
    [InlineData("multiclassova num_class:3 sigmoid:2", 0.8807970779778824, 0.9820137900379085, 0.9975273768433653)]
    public void PredictProba_ThreeClasses_TurnsEachRoundsTreesIntoProbabilities(string objective, double first, double second, double third)
    {
        var text = Model(objective, 1, Leaf(0.5) + Leaf(1) + Leaf(1) + Leaf(0.5) + Leaf(1) + Leaf(2), width: 3);
        var classifier = Wrapper("LGBMClassifier", text, ("_classes", Pickled.Texts("a", "b", "c")));

        var answer = classifier.Run(Method.PredictProba, Rows.Of([0.0]));
        var label = classifier.Run(Method.Predict, Rows.Of([0.0]));

        Assert.Equal(first, answer[0], 1e-15);
        Assert.Equal(second, answer[1], 1e-15);
        Assert.Equal(third, answer[2], 1e-15);
        Assert.Equal([2], label);
        Assert.Equal(["predict", "predict_proba"], classifier.Methods.Select(MethodNames.NameOf));
    }

    [Fact]
    public void PredictProba_TwoClasses_GivesBothSides()
    {
        var classifier = Wrapper("LGBMClassifier", Model("binary sigmoid:1", 1, Leaf(-2)), ("_classes", Pickled.Integers(3, 7)));

        var answer = classifier.Run(Method.PredictProba, Rows.Of([0.0]));
        var label = classifier.Run(Method.Predict, Rows.Of([0.0]));

        Assert.Equal([0.8807970779778824, 0.11920292202211755], answer);
        Assert.Equal([0], label);
    }

    [Fact]
    public void Predict_BestIteration_LeavesLaterRoundsOut()
    {
        var booster = Pickled.Estimator(
            "lightgbm.basic", "Booster", ("handle", Model("regression", 1, Leaf(1) + Leaf(2) + Leaf(4))), ("best_iteration", 2L));
        var regressor = Pickled.Build(Pickled.Estimator("lightgbm.sklearn", "LGBMRegressor", ("_Booster", booster)));

        var answer = regressor.Run(Method.Predict, Rows.Of([0.0]));

        Assert.Equal([3], answer);
    }

    [Fact]
    public void Predict_NamedCategories_ReadsStringsAsNumbersAndUnknownOnesAsMissing()
    {
        var tree = Split("0", 1 + 8, "num_cat=1\ncat_boundaries=0 1\ncat_threshold=2");
        var footer = "[categorical_feature: 0]\n";
        var text = Model("regression", 2, tree, footer: footer) + "\npandas_categorical:[[\"red\", \"green\"]]\n";
        var booster = Booster(text);
        using var rows = FeatureBatch.RentEmpty(2, 4);
        foreach (var color in new[] { "red", "green", "blue", null })
        {
            var row = rows.AddRow();
            rows.SetNumber(row, 1, 0);
            if (color is not null)
            {
                rows.SetText(row, 0, color);
            }
        }

        var answers = booster.Run(Method.Predict, rows);

        Assert.Equal([1, -1, 1, 1], answers);
    }

    [Fact]
    public void Predict_StringInAColumnOfNumbers_IsRefusedByName()
    {
        var booster = Booster(Model("regression", 1, Split("0", 2)));
        using var rows = FeatureBatch.RentEmpty(1, 1);
        rows.AddRow();
        rows.SetText(0, 0, "red");

        var error = Assert.Throws<FlamaException>(() => booster.Run(Method.Predict, rows));

        Assert.Equal(ErrorCodes.InvalidInput, error.Code);
        Assert.Contains("found the string \"red\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("left_child=-1", "left_child=0", "node 0 has the children 0 and 2")]
    [InlineData("left_child=-1", "left_child=-9", "has the children")]
    [InlineData("right_child=-2", "right_child=7", "has the children")]
    [InlineData("split_feature=0", "split_feature=3", "splits on feature 3 of 1")]
    [InlineData("split_feature=0", "split_feature=-1", "splits on feature -1 of 1")]
    [InlineData("threshold=0.5", "threshold=0.5 1", "'threshold' has 2 entries, expected 1")]
    [InlineData("threshold=0.5", "threshold=x", "'threshold' has 'x', expected a number")]
    [InlineData("num_leaves=2", "num_leaves=2000000000", "'leaf_value' has 2 entries, expected 2000000000")]
    [InlineData("num_leaves=2", "num_leaves=0", "it has 0 leaves")]
    [InlineData("decision_type=2", "decision_type=1", "is on set 0.5 of 0")]
    [InlineData("max_feature_idx=0", "max_feature_idx=2000000000", "the last feature is 2000000000")]
    [InlineData("num_tree_per_iteration=1", "num_tree_per_iteration=0", "it has 0 trees a round")]
    [InlineData("max_feature_idx=0\n", "", "it has no 'max_feature_idx'")]
    [InlineData("is_linear=0", "is_linear=1", "it has no 'leaf_const'")]
    public void Load_InconsistentModel_SaysWhere(string from, string to, string expected)
    {
        var text = Model("regression", 1, Split("0.5", 2)).Replace(from, to, StringComparison.Ordinal);

        var error = Assert.Throws<FlamaException>(() => Booster(text));

        Assert.Equal(ErrorCodes.InvalidModel, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownObjective_IsRefusedByName()
    {
        var error = Assert.Throws<FlamaException>(() => Booster(Model("new_objective a:1", 1, Leaf(0))));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, error.Code);
        Assert.Contains("'new_objective a:1'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TextWithCharactersChanged_WorksOrFailsWithATypedError()
    {
        var categories = Split("0", 1, "num_cat=1\ncat_boundaries=0 1\ncat_threshold=2");
        var original = Model("multiclass num_class:2", 2, Split("0.5", 10) + categories + Leaf(1) + Leaf(2), width: 2);
        var random = new Random(11);
        var loaded = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var text = original.ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                text[random.Next(text.Length)] = "0123456789-. =\nTxe"[random.Next(18)];
            }

            try
            {
                var booster = Booster(new string(text));
                booster.Run(Method.Predict, Rows.Of(new double[Math.Max(1, booster.FeatureCount ?? 0)]));
                loaded++;
            }
            catch (FlamaException)
            {
                // Refused.
            }
        }

        Assert.InRange(loaded, 100, 3_900);
    }

    [Fact]
    public void Load_TextThatIsCutOff_IsRefused()
    {
        var text = Model("regression", 1, Split("0.5", 2) + Split("1.5", 2) + Split("2.5", 2));

        for (var length = text.IndexOf("num_leaves", StringComparison.Ordinal); length < text.IndexOf("end of trees", StringComparison.Ordinal); length += 7)
        {
            Assert.Throws<FlamaException>(() => Booster(text[..length]));
        }
    }

    [Theory]
    [InlineData("v2", 0.9, 0.9)]
    [InlineData("v2", 1.5, 0.8175744761936437)]
    [InlineData("v3", 0.9, 0.7109495026250039)]
    public void Predict_RandomForest_ConvertsScoresAndLeavesMeansAsTheyAre(string version, double leaf, double expected)
    {
        var text = Model("binary sigmoid:1", 1, Leaf(leaf), header: "average_output").Replace("version=v4", $"version={version}", StringComparison.Ordinal);

        var answers = Booster(text).Run(Method.Predict, Rows.Of([0.0]));

        Assert.Equal([expected], answers);
    }

    [Theory]
    [InlineData(0, 1e-36, -1)]
    [InlineData(-1e-36, 0, 1)]
    [InlineData(-1e-36, -5e-36, 1)]
    [InlineData(1e-36, 9e-36, -1)]
    [InlineData(1e-36, 2e-35, 1)]
    [InlineData(-1e-36, -2e-35, -1)]
    public void Predict_NumbersNextToZero_AreZero(double threshold, double cell, double expected)
    {
        var booster = Booster(Model("regression", 1, Split(threshold.ToString("R", System.Globalization.CultureInfo.InvariantCulture), 2)));

        Assert.Equal([expected], booster.Run(Method.Predict, Rows.Of([cell])));
    }

    [Fact]
    public void Predict_CategoriesThatAreNumbers_AreLookedUp()
    {
        var tree = Split("0", 1, "num_cat=1\ncat_boundaries=0 1\ncat_threshold=2");
        var booster = Booster(Model("regression", 1, tree, footer: "[categorical_feature: 0]") + "\npandas_categorical:[[10, 20.5, 30]]\n");

        var answers = booster.Run(Method.Predict, Rows.Of([10.0], [20.5], [30.0], [1.0], [double.NaN]));

        Assert.Equal([1, -1, 1, 1, 1], answers);
    }
}
