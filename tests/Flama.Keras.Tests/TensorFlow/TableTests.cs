using System.Text;
using Flama.Keras.Tests.Made;
using Flama.Onnx;

namespace Flama.Keras.Tests.TensorFlow;

/// <summary>Tables of words in SavedModels: filled from constants, from files, or by nothing.</summary>
public sealed class TableTests
{
    private const int Text = 7;
    private const int Long = 9;

    [Fact]
    public void Find_OfATableOfConstants_IsItsValuesAndTheOtherOne()
    {
        using var model = Load(MadeGraph.Node("fill", "LookupTableImportV2", ["table", "keys", "values"]));

        Assert.Equal([7, -1, 8], Answer(model, "a", "c", "b"));
    }

    [Fact]
    public void Find_OfATableOfAFile_IsTheNumberOfTheLine()
    {
        // The file's name is a variable, which a placeholder gives at load.
        using var model = Load(MadeGraph.Node("fill", "InitializeTableFromTextFileV2", ["table", "name"], ("key_index", MadeGraph.Field(3, -2)), ("value_index", MadeGraph.Field(3, -1))), "b\na\n");

        Assert.Equal([1, -1, 0], Answer(model, "a", "c", "b"));
    }

    [Fact]
    public void Load_ATableThatNothingFills_IsRefusedByName()
    {
        var refusal = Assert.Throws<FlamaException>(() => Load(MadeGraph.Node("fill", "NoOp", [])).Dispose());

        Assert.Contains("Layer 'table' is a table that nothing fills at load", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AFileThatIsMissing_IsRefusedByName()
    {
        var refusal = Assert.Throws<FlamaException>(() => Load(MadeGraph.Node("fill", "InitializeTableFromTextFileV2", ["table", "name"])).Dispose());

        Assert.Contains("'assets/words.txt' is missing", refusal.Message, StringComparison.Ordinal);
    }

    private static double[] Answer(Model model, params string[] words)
    {
        using TensorInputs inputs = new(KeyValuePair.Create("in", ModelTensor.OfTexts(words, words.Length)));
        using var output = model.Predict(inputs);
        return Golden.GoldenTensor.Numbers((ModelTensor)output.First);
    }

    private static Model Load(byte[] filling, string? file = null)
    {
        var graph = MadeGraph.Graph(
            MadeGraph.Placeholder("x", Text, -1),
            MadeGraph.Node("table", "HashTableV2", [], ("key_dtype", MadeGraph.Type(Text)), ("value_dtype", MadeGraph.Type(Long))),
            MadeGraph.Constant("keys", Text, [2], [.. MadeGraph.Field(8, "a"), .. MadeGraph.Field(8, "b")]),
            MadeGraph.Constant("values", Long, [2], [.. MadeGraph.Field(10, 7), .. MadeGraph.Field(10, 8)]),
            MadeGraph.Constant("otherwise", Long, [], MadeGraph.Field(10, -1)),
            MadeGraph.Placeholder("path", Text),
            MadeGraph.Node("variable", "VarHandleOp", []),
            MadeGraph.Node("assign", "AssignVariableOp", ["variable", "path"]),
            MadeGraph.Node("name", "ReadVariableOp", ["variable"]),
            filling,
            MadeGraph.Node("y", "LookupTableFindV2", ["table", "x", "otherwise"]));
        byte[] asset = MadeGraph.Field(6, [.. MadeGraph.Field(1, MadeGraph.Field(1, "path:0")), .. MadeGraph.Field(2, "words.txt")]);
        byte[] meta = [.. MadeGraph.Field(2, graph), .. asset, .. MadeGraph.Signature("serving_default", Text, "x:0", "y:0")];
        ModelSource source = new("saved_model.pb", ModelFormats.SavedModel, ModelPayload.FromMemory(MadeGraph.Field(2, meta)))
        {
            SideFiles = file is null ? [] : [new("assets/words.txt", ModelPayload.FromMemory(Encoding.UTF8.GetBytes(file)))],
        };
        return new KerasEngine(new OnnxOptions()).Load(source, new LoadOptions());
    }
}
