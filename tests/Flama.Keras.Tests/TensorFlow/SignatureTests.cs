using Flama.Keras.Tests.Made;
using Flama.Onnx;

namespace Flama.Keras.Tests.TensorFlow;

/// <summary>Which signature of a SavedModel is served.</summary>
public sealed class SignatureTests
{
    private const int Float32 = 1;

    [Theory]
    [InlineData("serving_default", "first")]
    [InlineData("first", null)]
    [InlineData("first", "__saved_model_init_op")]
    public void Load_TheUsualSignatureOrTheOnlyOne_IsServed(string name, string? other)
    {
        using var model = Load(other is null ? [name] : [name, other]);

        Assert.Equal([ModelMethod.Predict], model.Methods.Select(method => method.Name));
    }

    [Fact]
    public void Load_SeveralWithoutTheUsualOne_IsRefusedWithTheirNames()
    {
        var refusal = Assert.Throws<FlamaException>(() => Load(["first", "second"]).Dispose());

        Assert.Equal(ErrorCodes.UnsupportedFormat, refusal.Code);
        Assert.Contains("several signatures (first, second), and none of them is serving_default", refusal.Message, StringComparison.Ordinal);
    }

    private static Model Load(string[] signatures)
    {
        var graph = MadeGraph.Graph(MadeGraph.Placeholder("x", Float32, -1), MadeGraph.Node("y", "Neg", ["x"]));
        byte[] meta = [.. MadeGraph.Field(2, graph), .. signatures.SelectMany(name => MadeGraph.Field(5, [.. MadeGraph.Field(1, name), .. MadeGraph.Field(2, name[0] == '_' ? [] : Signature())]))];
        ModelSource source = new("saved_model.pb", ModelFormats.SavedModel, ModelPayload.FromMemory(MadeGraph.Field(2, meta)));
        return new KerasEngine(new OnnxOptions()).Load(source, new LoadOptions());
    }

    private static byte[] Signature() => [.. MadeGraph.Field(1, Tensor("in", "x:0")), .. MadeGraph.Field(2, Tensor("out", "y:0"))];

    private static byte[] Tensor(string key, string name) => [.. MadeGraph.Field(1, key), .. MadeGraph.Field(2, [.. MadeGraph.Field(1, name), .. MadeGraph.Field(2, Float32), .. MadeGraph.Field(3, MadeGraph.Field(2, MadeGraph.Field(1, -1)))])];
}
