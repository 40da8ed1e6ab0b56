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

    [Fact]
    public void Load_AnEstimatorWhoseUsualOneIsOfServing_IsPredict()
    {
        var graph = MadeGraph.Graph(MadeGraph.Placeholder("x", Float32, -1), MadeGraph.Node("y", "Neg", ["x"]), MadeGraph.Node("z", "Abs", ["x"]));
        byte[] meta = [.. MadeGraph.Field(2, graph), .. MadeGraph.Signature("serving_default", Float32, "x:0", "y:0", "tensorflow/serving/classify"), .. MadeGraph.Signature("predict", Float32, "x:0", "z:0")];

        using var model = new KerasEngine(new OnnxOptions()).Load(new("saved_model.pb", ModelFormats.SavedModel, ModelPayload.FromMemory(MadeGraph.Field(2, meta))), new LoadOptions());

        using TensorInputs inputs = new(KeyValuePair.Create("in", ModelTensor.Of<float>([-2], 1)));
        using var output = model.Predict(inputs);
        Assert.Equal([2], Golden.GoldenTensor.Numbers((ModelTensor)output.First));
    }

    [Fact]
    public void Load_OtherSignatures_AreMethodsUnderTheirNames()
    {
        var graph = MadeGraph.Graph(MadeGraph.Placeholder("x", Float32, -1), MadeGraph.Node("y", "Neg", ["x"]), MadeGraph.Node("z", "Abs", ["x"]), MadeGraph.Node("no", "PyFunc", ["x"]));
        byte[] meta =
        [
            .. MadeGraph.Field(2, graph), .. MadeGraph.Signature("serving_default", Float32, "x:0", "y:0"), .. MadeGraph.Signature("embed", Float32, "x:0", "z:0"),
            .. MadeGraph.Signature("same", Float32, "x:0", "y:0"), .. MadeGraph.Signature("not a name", Float32, "x:0", "z:0"), .. MadeGraph.Signature("code", Float32, "x:0", "no:0"),
        ];

        using var model = new KerasEngine(new OnnxOptions()).Load(new("saved_model.pb", ModelFormats.SavedModel, ModelPayload.FromMemory(MadeGraph.Field(2, meta))), new LoadOptions());

        Assert.Equal([ModelMethod.Predict, "embed"], model.Methods.Select(method => method.Name));
        using TensorInputs inputs = new(KeyValuePair.Create("in", ModelTensor.Of<float>([-2], 1)));
        using var output = model.GetMethod("embed").Invoke(inputs);
        Assert.Equal([2], Golden.GoldenTensor.Numbers((ModelTensor)output.First));
    }

    private static Model Load(string[] signatures)
    {
        var graph = MadeGraph.Graph(MadeGraph.Placeholder("x", Float32, -1), MadeGraph.Node("y", "Neg", ["x"]));
        byte[] meta = [.. MadeGraph.Field(2, graph), .. signatures.SelectMany(name => name[0] == '_' ? MadeGraph.Field(5, MadeGraph.Field(1, name)) : MadeGraph.Signature(name, Float32, "x:0", "y:0"))];
        ModelSource source = new("saved_model.pb", ModelFormats.SavedModel, ModelPayload.FromMemory(MadeGraph.Field(2, meta)));
        return new KerasEngine(new OnnxOptions()).Load(source, new LoadOptions());
    }
}
