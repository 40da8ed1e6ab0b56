using System.Text;
using Flama.Json;
using Flama.Tests;

namespace Flama.Boosters.Tests.CatBoost;

public sealed class CatBoostEngineTests
{
    private const string Row = """[1.16, "black and white", 45.3, "v03", 2]""";

    [Fact]
    public void Load_File_NamesLibraryFeaturesClassesAndMethods()
    {
        using var model = CatBoostFiles.LoadBinary(CatBoostFiles.Read("cat_combinations_4_cbm"));

        Assert.Equal("catboost", model.Metadata.Framework);
        Assert.Equal("1.2.10", model.Metadata.FrameworkVersion);
        Assert.Equal("CatBoostClassifier", model.Metadata.ModelClass);
        Assert.Equal(4, model.Metadata.Info!.Value.GetProperty("max_ctr_complexity").GetInt32());
        Assert.Equal(["a", "c1", "b", "c2", "c3"], model.RowsSpec().Features.Select(feature => feature.Name));
        Assert.Equal(
            [FeatureKind.Number, FeatureKind.Any, FeatureKind.Number, FeatureKind.Any], model.RowsSpec().Features.Take(4).Select(feature => feature.Kind));
        Assert.Equal(["predict", "predict_proba", "predict_log_proba", "raw_formula_val"], model.Methods.Select(method => method.Name));
        Assert.Equal([0L, 1L], model.Classes[0].Labels.Select(label => label.Integer));
    }

    // What a cell of CSV is, 007 or 7, goes by it.
    [Theory]
    [InlineData(1, "black and white", true)]
    [InlineData(1, "black and blue", false)]
    [InlineData(3, "v03", true)]
    [InlineData(3, "v3", false)]
    public void Features_OfCategories_KnowTheSpellingsOfTraining(int column, string text, bool expected)
    {
        using var model = CatBoostFiles.LoadBinary(CatBoostFiles.Read("cat_combinations_4_cbm"));

        Assert.Equal(expected, model.RowsSpec().Features[column].SawText!(text));
    }

    [Theory]
    [InlineData("""[1.16, null, 45.3, "v03", 2]""", "'c1'")]
    [InlineData("""[1.16, 1.5, 45.3, "v03", 2]""", "the category is 1.5")]
    [InlineData("""[1.16, 1e300, 45.3, "v03", 2]""", "the category is 1E+300")]
    [InlineData("""["high", "red", 45.3, "v03", 2]""", "'high'")]
    public void Predict_CellThatIsNotOfItsColumn_IsRefusedByName(string row, string says)
    {
        using var model = CatBoostFiles.LoadBinary(CatBoostFiles.Read("cat_combinations_4_cbm"));

        var exception = Assert.Throws<FlamaException>(() => Answers(model, "predict", row));

        Assert.Equal(ErrorCodes.InvalidInput, exception.Code);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[1.16, "black and white", 45.3, "v03", "2"]""")]
    [InlineData("""["1.16", "black and white", 45.3, "v03", 2.0]""")]
    [InlineData("""["+1.16e0", "black and white", "45.30", "v03", 2]""")]
    [InlineData("""{"c3": 2, "c2": "v03", "b": 45.3, "c1": "black and white", "a": 1.16}""")]
    public void Predict_SameRowInOtherWords_IsTheSame(string row)
    {
        using var model = CatBoostFiles.LoadBinary(CatBoostFiles.Read("cat_combinations_4_cbm"));

        Assert.Equal(Answers(model, "raw_formula_val", Row), Answers(model, "raw_formula_val", row));
    }

    [Fact]
    public void Predict_LargeWholeNumbers_AreTheirDigits()
    {
        using var model = CatBoostFiles.LoadBinary(CatBoostFiles.Read("cat_combinations_4_cbm"));

        var spec = (TableSpec)model.GetMethod("predict").Input;
        using var input = InputReader.For(spec).ReadValue("""[[1.16, 9007199254740993, 45.3, "v03", 2]]"""u8.ToArray());

        Assert.Equal("9007199254740993", input is FeatureBatch rows ? rows.TextAt(0, 1) : null);
    }

    [Fact]
    public void Predict_LogProbabilities_AreLogarithmsOfProbabilities()
    {
        foreach (var name in (string[])["labels_str3_cbm", "num_ova_json", "num_multilogloss_cbm", "cat_combinations_4_cbm"])
        {
            var bytes = CatBoostFiles.Read(name);
            using var model = name.EndsWith("_json", StringComparison.Ordinal) ? CatBoostFiles.LoadJson(name) : CatBoostFiles.LoadBinary(bytes);
            var row = name.StartsWith("cat", StringComparison.Ordinal) ? Row : "[1, -2, 3, 0.5, null, 7]";

            var probabilities = Answers(model, "predict_proba", row);
            var logarithms = Answers(model, "predict_log_proba", row);

            Assert.All(probabilities.Zip(logarithms), pair => Assert.Equal(Math.Log(pair.First), pair.Second, 1e-12));
        }
    }

    [Theory]
    [InlineData("0.9999", 0)]
    [InlineData("0.0001", 1)]
    [InlineData("0", 1)]
    [InlineData("1", 0)]
    public void Predict_ThresholdOfTheFile_Decides(string threshold, double expected)
    {
        using var model = CatBoostFiles.LoadJson(
            "num_focal_json", "\"model_info\":", $"\"x\": 0, \"model_info\": {{\"binclass_probability_threshold\": \"{threshold}\", \"params\": {{\"loss_function\": {{\"type\": \"Logloss\"}}}}}}, \"old\":");

        Assert.Equal([expected], Answers(model, "predict", "[1, -2, 3, 0.5, null, 7]"));
    }

    [Theory]
    [InlineData("text_features_cbm", "the text feature 't' of a CatBoost model cannot be evaluated")]
    [InlineData("embedding_features_cbm", "embedding feature")]
    public void Load_TextOrEmbeddingFeatures_IsRefusedByName(string name, string says)
    {
        var exception = Assert.Throws<FlamaException>(() => CatBoostFiles.LoadBinary(CatBoostFiles.Read(name, "golden/catboost-by-name")));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, exception.Code);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"hash_stride\":5", "\"hash_stride\":4", "hash_map")]
    [InlineData("\"hash_stride\":5", "\"hash_stride\":1", "'1', expected the size of an entry of Borders")]
    [InlineData("\"nan_value_treatment\":\"AsIs\"", "\"nan_value_treatment\":\"AsNone\"", "expected AsIs, AsFalse or AsTrue")]
    [InlineData("\"ctr_type\":\"Borders\"", "\"ctr_type\":\"0\"", "expected a type of CTR")]
    [InlineData("\"target_border_idx\":0", "\"target_border_idx\":4", "the class 4 of 4")]
    [InlineData("\"target_border_idx\":0", "\"target_border_idx\":-1", "the class -1 of 4")]
    [InlineData("\"split_index\":", "\"split_index\": 1e", "split_index")]
    [InlineData("\"scale_and_bias\":", "\"scale\":", "it has no 'scale_and_bias'")]
    public void Load_JsonThatContradictsItself_IsRefused(string replaced, string by, string says)
    {
        var exception = Assert.Throws<FlamaException>(() => CatBoostFiles.LoadJson("cat_borders_reg_3_json", replaced, by));

        Assert.Equal(ErrorCodes.InvalidModel, exception.Code);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }

    private static double[] Answers(Model model, string method, string row)
    {
        using var input = InputReader.For(model.GetMethod(method).Input).ReadValue(Encoding.UTF8.GetBytes($"[{row}]"));
        using var output = model.GetMethod(method).Invoke(input);
        return output.Batch.Values.ToArray();
    }
}
