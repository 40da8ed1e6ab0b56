using Flama.Boosters.CatBoost;
using Flama.Tables;

namespace Flama.Boosters.Tests.CatBoost;

public sealed class CatBoostModelTests : IRowOwner
{
    public string Name => "test";

    public IReadOnlyList<string>? FeatureNames => null;

    // Few borders, more than one byte counts, and depths above and below eight bits.
    [Theory]
    [InlineData(3, 2, 1, 9, 6, 1)]
    [InlineData(7, 9, 40, 31, 6, 1)]
    [InlineData(5, 300, 40, 20, 8, 1)]
    [InlineData(4, 520, 17, 10, 12, 1)]
    [InlineData(7, 20, 33, 20, 7, 3)]
    [InlineData(2, 255, 300, 5, 16, 1)]
    [InlineData(2, 256, 129, 4, 10, 2)]
    public void Score_SymmetricTrees_AreAsDescribed(int features, int borders, int rows, int trees, int depth, int width)
    {
        var random = new Random(features + borders + rows);
        var content = HandMadeModel.Symmetric(random, features, borders, trees, depth, width);

        CheckScores(content, HandMadeModel.Rows(random, content, rows));
    }

    [Theory]
    [InlineData(3, 2, 1, 9, 6, 1)]
    [InlineData(7, 300, 140, 31, 60, 1)]
    [InlineData(7, 20, 33, 20, 7, 3)]
    public void Score_OtherTrees_AreAsDescribed(int features, int borders, int rows, int trees, int depth, int width)
    {
        var random = new Random(features + borders + rows);
        var content = HandMadeModel.Chains(random, features, borders, trees, depth, width);

        CheckScores(content, HandMadeModel.Rows(random, content, rows));
    }

    [Theory]
    [InlineData("class_params", """{"class_label_type": "String", "class_names": ["no", "yes"], "classes_count": 0, "class_to_label": [0, 1]}""", "no yes")]
    [InlineData("class_params", """{"class_label_type": "Integer", "class_names": [], "classes_count": 3, "class_to_label": [5, 7]}""", "0 1 2")]
    [InlineData("class_params", """{"class_label_type": "Integer", "class_names": [], "classes_count": 0, "class_to_label": [5, 7.0]}""", "5 7")]
    [InlineData("class_params", """{"class_label_type": "Boolean", "class_names": [false, true]}""", "false true")]
    [InlineData("multiclass_params", """{"class_names": ["a", "b", "c"]}""", "a b c")]
    [InlineData("params", """{"data_processing_options": {"class_names": ["-1", "1"]}}""", "-1 1")]
    public void Labels_OfEachGenerationOfFiles_AreFound(string key, string text, string expected)
    {
        var info = new CatBoostInfo(new Dictionary<string, string> { [key] = text }, HandMadeModel.Errors);

        Assert.Equal(expected, string.Join(' ', info.Labels!.Labels));
    }

    [Fact]
    public void Create_ModelThatContradictsItself_IsRefused()
    {
        var content = HandMadeModel.Symmetric(new Random(1), 3, 4, 5, 4, 1);
        (string Says, CatBoostContent Content)[] wrong =
        [
            ("binary feature 12 of 12", content with { Trees = content.Trees with { Splits = [12, .. content.Trees.Splits.Skip(1)] } }),
            ("values in leaves", content with { Trees = content.Trees with { LeafValues = [.. content.Trees.LeafValues.Skip(1)] } }),
            ("more than 16", content with { Trees = content.Trees with { Depths = [17] } }),
            ("2 outputs", content with { Width = 2 }),
            ("0 outputs", content with { Width = 0, Bias = [] }),
            ("do not ascend", content with { Floats = [content.Floats[0] with { Borders = [1, 2, 3, -1] }, .. content.Floats.Skip(1)] }),
            ("do not ascend", content with { Floats = [content.Floats[0] with { Borders = [1, 2, 3, float.NaN] }, .. content.Floats.Skip(1)] }),
            ("are column 1", content with { Floats = [content.Floats[0] with { Column = 1 }, .. content.Floats.Skip(1)] }),
            ("the last is column 2000000000", content with { Floats = [content.Floats[0] with { Column = 2_000_000_000 }, .. content.Floats.Skip(1)] }),
            ("is column -1", content with { Floats = [content.Floats[0] with { Column = -1 }, .. content.Floats.Skip(1)] }),
            ("have the number 1", content with { Floats = [content.Floats[0] with { Index = 1 }, .. content.Floats.Skip(1)] }),
            ("is not JSON", content with { Info = new Dictionary<string, string> { ["params"] = "{" } }),
            ("probability threshold", content with { Info = new Dictionary<string, string> { ["binclass_probability_threshold"] = "2" } }),
        ];

        Assert.All(wrong, one =>
        {
            var exception = Assert.Throws<FlamaException>(() => new CatBoostModel(one.Content, HandMadeModel.Errors));

            Assert.Equal(ErrorCodes.InvalidModel, exception.Code);
            Assert.Contains(one.Says, exception.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Create_NodesThatAreNotTrees_AreRefused()
    {
        var content = HandMadeModel.Chains(new Random(1), 3, 4, 2, 3, 1);
        var nodes = content.Trees.Nodes;

        var shared = Assert.Throws<FlamaException>(() => new CatBoostModel(
            content with { Trees = content.Trees with { Nodes = [nodes[0], nodes[1] with { WhenTrue = 2, WhenFalse = 2 }, .. nodes.Skip(2)] } }, HandMadeModel.Errors));
        var lost = Assert.Throws<FlamaException>(() => new CatBoostModel(content with { Trees = content.Trees with { Roots = [0] } }, HandMadeModel.Errors));

        Assert.Equal("2 nodes lead to node 2 of its trees", shared.Message);
        Assert.Equal("0 nodes lead to node 3 of its trees", lost.Message);
    }

    private void CheckScores(CatBoostContent content, double[] cells)
    {
        var model = new CatBoostModel(content, HandMadeModel.Errors);
        var columns = content.Floats.Count;
        using var input = FeatureBatch.Wrap(cells, columns);
        var together = new double[input.Rows * content.Width];
        var alone = new double[content.Width];

        model.Score(this, input, together);

        for (var row = 0; row < input.Rows; row++)
        {
            model.Score(this, input.Slice(row, 1), alone);
            Assert.Equal(HandMadeModel.Score(content, input.Row(row)), alone);
            Assert.Equal(alone, together[(row * content.Width)..((row + 1) * content.Width)]);
        }
    }
}
