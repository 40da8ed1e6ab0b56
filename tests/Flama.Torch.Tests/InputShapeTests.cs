using Flama.Onnx;
using Flama.Packaging;
using Flama.Torch.Tests.Writing;

namespace Flama.Torch.Tests;

/// <summary>What a user tells of inputs is lowered for at once, shown, and kept.</summary>
public sealed class InputShapeTests
{
    private static readonly ScriptTensor Weight = ScriptTensor.Of([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1], 3, 4);

    [Fact]
    public void Load_WithAShape_ShowsItAndTheAnswers()
    {
        using var model = Load(Linear(), "x=?,4");
        var method = model.GetMethod(ModelMethod.Predict);

        Assert.Equal("x: float32[?, 4]", ((TensorsSpec)method.Input).Tensors[0].ToString());
        Assert.Equal(2, method.Outputs[0].Shape!.Count);
        Assert.Equal(ElementType.Float32, method.Outputs[0].Type);
        Assert.True(method.IsRowwise);
        Assert.Equal([1f, 1f, 2f, 1f, 1f, 2f], model.Predict(TorchModels.Ones(2, 4)));
    }

    [Theory]
    [InlineData("?,4", 2, 5)]
    [InlineData("1,4", 2, 4)]
    public void Predict_OfAnotherShape_Refuses(string shape, int rows, int columns)
    {
        using var model = Load(Linear(), shape);

        var failure = Assert.Throws<FlamaException>(() => model.Predict(TorchModels.Ones(rows, columns)));

        Assert.Equal(ErrorCodes.InvalidInput, failure.Code);
        Assert.Contains($"[{shape.Replace(",", ", ", StringComparison.Ordinal)}]", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?,5", "aten::linear")]
    [InlineData("y=?,4", "x")]
    [InlineData("x=?,4:uint16", "a type that PyTorch does not have")]
    public void Load_WithAShapeThatDoesNotFit_RefusesAtOnce(string shape, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => Load(Linear(), shape));

        Assert.Contains(expected, $"{failure.Message} {failure.Remedy}", StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithShapesOfSeveralInputs_LowersForAll()
    {
        var file = ScriptArchive.OfForward("x: Tensor, ids: Tensor", "return torch.add(torch.embedding(self.w, ids), x)", KeyValuePair.Create("w", (object?)Weight));

        using var model = Load(file, "x=?,4;ids=?:int64");

        var inputs = ((TensorsSpec)model.GetMethod(ModelMethod.Predict).Input).Tensors;
        Assert.Equal(["x: float32[?, 4]", "ids: int64[?]"], inputs.Select(input => input.ToString()));
        Assert.True(model.GetMethod(ModelMethod.Predict).IsRowwise);
    }

    [Fact]
    public void Load_WithoutAShape_LeavesItOpen()
    {
        using var model = TorchModels.Load(Linear());

        Assert.Null(((TensorsSpec)model.GetMethod(ModelMethod.Predict).Input).Tensors[0].Shape);
        Assert.False(model.GetMethod(ModelMethod.Predict).IsRowwise);
    }

    [Fact]
    public void Load_OfAnAnswerThatMixesExamples_IsNotByExample()
    {
        using var model = Load(ScriptArchive.OfForward("x: Tensor", "return torch.sum(x, [0])"), "?,4");

        Assert.False(model.GetMethod(ModelMethod.Predict).IsRowwise);
    }

    [Fact]
    public void Load_OfAnotherEngine_SaysThatItIsWithoutEffect()
    {
        using var package = ModelPackage.Open(ScriptArchive.OfForward("x: Tensor", "return x"), "model.pt");
        var source = package.ReadModel() with { Format = ModelFormats.Onnx };

        var failure = Assert.Throws<FlamaException>(() => new ModelEngines().AddOnnx().Load(source, new LoadOptions { InputShapes = InputShape.ParseAll("1,2") }));

        Assert.Equal(ErrorCodes.InvalidOption, failure.Code);
    }

    [Fact]
    public void Load_OfTypesWithoutExamples_StillLooksForOperatorsThatAreNotKnown()
    {
        var file = ScriptArchive.OfForward("x: Tensor, n: int", "return torch.liner(x)");

        var failure = Assert.Throws<FlamaException>(() => Load(file, "x=:float32"));

        Assert.Contains("aten::liner", failure.Message, StringComparison.Ordinal);
    }

    private static byte[] Linear() => ScriptArchive.OfForward("x: Tensor", "return torch.linear(x, self.w, None)", KeyValuePair.Create("w", (object?)Weight));

    private static Model Load(byte[] file, string shapes)
    {
        using var package = ModelPackage.Open(file, "model.pt");
        return new ModelEngines().AddTorch().Load(package.ReadModel(), new LoadOptions { InputShapes = InputShape.ParseAll(shapes), CancellationToken = TestContext.Current.CancellationToken });
    }
}
