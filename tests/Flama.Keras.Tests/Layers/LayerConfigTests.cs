using Flama.Keras.Tests.Made;

namespace Flama.Keras.Tests.Layers;

/// <summary>Members of a layer's configuration, as Keras writes them and as it does not.</summary>
public sealed class LayerConfigTests
{
    [Theory]
    [InlineData("""{"class_name": "__numpy__", "config": {"value": [2.0, 3.0], "dtype": "float32"}}""")]
    [InlineData("""{"class_name": "__tensor__", "config": {"value": [2.0, 3.0], "dtype": "float32"}}""")]
    public void Numbers_InAnArray_AreItsNumbers(string scale)
    {
        var file = Sequential("Rescaling", $$"""{"name": "rescaling", "scale": {{scale}}, "offset": 1.0}""");

        Assert.Equal([3, 4], MadeKeras.Answer(file, ModelTensor.Of<float>([1, 1], 1, 2)));
    }

    [Fact]
    public void Constant_OfAnOperationInAnArray_IsItsNumbers()
    {
        var add = MadeKeras.Operation("Add", """{"name": "add"}""", $$"""[{{MadeKeras.Tensor("x")}}, {"class_name": "__numpy__", "config": {"value": [1.5, 2.5], "dtype": "float32"} }]""");
        var file = MadeKeras.Archive(MadeKeras.Functional("add", ["x"], MadeKeras.Input("x", "[null, 2]"), add));

        Assert.Equal([2.5, 3.5], MadeKeras.Answer(file, ModelTensor.Of<float>([1, 1], 1, 2)));
    }

    [Theory]
    [InlineData("LeakyReLU", """{"name": "a", "negative_slope": "0.1"}""", "negative_slope")]
    [InlineData("Softmax", """{"name": "a", "axis": "last"}""", "axis")]
    [InlineData("Softmax", """{"name": "a", "axis": 0.5}""", "axis")]
    [InlineData("UpSampling1D", """{"name": "a", "size": 2.5}""", "size")]
    [InlineData("Flatten", """{"name": "a", "data_format": 1}""", "data_format")]
    [InlineData("Rescaling", """{"name": "a", "scale": [1, "2"]}""", "scale")]
    [InlineData("Dense", """{"name": "a", "use_bias": "yes"}""", "use_bias")]
    public void Member_OfAnotherKind_IsRefusedAndNotTheDefault(string className, string config, string member)
    {
        var refusal = MadeKeras.Refusal(Sequential(className, config));

        Assert.Equal(ErrorCodes.InvalidModel, refusal.Code);
        Assert.Contains($"({className}) has no sensible '{member}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Salt_AboveThePrecisionOfDoubles_IsKept()
    {
        double[] Bins(string salt) => MadeKeras.Answer(
            MadeKeras.Archive(MadeKeras.Functional("hashing", ["x"], MadeKeras.Input("x", "[null, 1]", "string"),
                MadeKeras.Layer("Hashing", $$"""{"name": "hashing", "num_bins": 1000003, "salt": {{salt}}, "output_mode": "int"}""", $"[{MadeKeras.Tensor("x")}]"))),
            ModelTensor.OfTexts(["omar", "stringer", "marlo"], 3, 1));

        Assert.NotEqual(Bins("9007199254740992"), Bins("9007199254740993"));
    }

    private static byte[] Sequential(string className, string config) => MadeKeras.Archive(MadeKeras.Sequential("[null, 2]", MadeKeras.Layer(className, config)));
}
