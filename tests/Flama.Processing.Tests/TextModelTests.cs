using Flama.Onnx.Graphs;
using Flama.Tests;

namespace Flama.Processing.Tests;

/// <summary>Models that take texts, from a string to a vector or a label.</summary>
public sealed class TextModelTests
{
    private static readonly (string, string) Tokenizer = ("vocab.txt", File.ReadAllText(Fixtures.PathOf("texts", "vocab.txt")));

    // Tokens: [CLS] = 2, hello = 30, world = 31, [SEP] = 3; the vector of token i is (i, 1).
    [Theory]
    [InlineData("\"pooling\": \"mean\"", "[[11.666666984558105,1.0],[16.5,1.0]]")]
    [InlineData("\"pooling\": \"cls\"", "[[2.0,1.0],[2.0,1.0]]")]
    [InlineData("\"pooling\": \"max\"", "[[30.0,1.0],[31.0,1.0]]")]
    [InlineData("\"pooling\": \"cls\", \"normalize\": true", "[[0.8944271802902222,0.4472135901451111],[0.8944271802902222,0.4472135901451111]]")]
    [InlineData("\"pooling\": \"max\", \"argmax\": true, \"labels\": [\"number\", \"one\"]", "[\"number\",\"number\"]")]
    public void Predict_Pooling_LeavesPaddingOut(string output, string answer)
    {
        using var model = Made.Load(Encoder(), $"{{\"text\": {{}}, \"output\": {{{output}}}}}", Tokenizer);

        Assert.Equal(answer, Made.Answer(model, "[\"hello\", \"hello world\"]"));
    }

    [Fact]
    public void Predict_OneText_IsOneVector()
    {
        using var model = Made.Load(Encoder(), "{\"text\": {}, \"output\": {\"pooling\": \"cls\"}}", Tokenizer);

        Assert.Equal("[2.0,1.0]", Made.Answer(model, "\"hello\""));
        Assert.Equal(InputContent.Text, ContentInputs.Of(model.Methods[0].Input));
    }

    [Fact]
    public void Predict_FromAProgram_TakesStrings()
    {
        using var model = Made.Load(Encoder(), "{\"text\": {}, \"output\": {\"pooling\": \"cls\"}}", Tokenizer);
        using var inputs = ContentInputs.Texts(model.Methods[0], "hello", "world");

        using var output = model.Predict(inputs);

        Assert.Equal([2, 2], output.First.Shape);
    }

    [Fact]
    public void Load_GraphWithAnotherInput_IsRefusedNamingIt()
    {
        var failure = Assert.Throws<FlamaException>(() => Made.Load(Encoder("position_ids"), "{\"text\": {}}", Tokenizer));

        Assert.Contains("this one takes 'position_ids: int64[batch, tokens]'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_GraphWithoutTokens_IsRefused()
    {
        var failure = Assert.Throws<FlamaException>(() => Made.Load(Made.Identity(OnnxElementType.Int64, Made.Batch, Dimension.Any), "{\"text\": {}}", Tokenizer));

        Assert.Contains("'processing.text' has no 'input', expected the model's input of tokens: 'x'", failure.Message, StringComparison.Ordinal);
    }

    private static byte[] Encoder(string mask = "attention_mask")
    {
        OnnxGraphBuilder graph = new();
        Dimension tokens = new(null, "tokens");
        var ids = graph.Input("input_ids", OnnxElementType.Int64, Made.Batch, tokens);
        var other = graph.Input(mask, OnnxElementType.Int64, Made.Batch, tokens);
        var types = graph.Input("token_type_ids", OnnxElementType.Int64, Made.Batch, tokens);

        // The mask and the types are there and change nothing: both times zero.
        var zero = graph.Constant<long>([0], 1);
        var sum = graph.Add("Add", [ids, graph.Add("Mul", [graph.Add("Add", [other, types]), zero])]);
        var table = graph.Constant<float>([.. Enumerable.Range(0, 64).SelectMany(i => new[] { i, 1f })], 64, 2);
        graph.Output("last_hidden_state", graph.Add("Gather", [table, sum]), OnnxElementType.Float32, Made.Batch, tokens, 2);
        return graph.ToProgram(17).ToBytes();
    }
}
