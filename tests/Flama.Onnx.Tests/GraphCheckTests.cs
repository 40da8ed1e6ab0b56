using Flama.Onnx.Graphs;

namespace Flama.Onnx.Tests;

public sealed class GraphCheckTests
{
    [Fact]
    public void Load_ValueThatNobodyMakes_IsNamed()
    {
        var program = Made.Dense();
        program.Graph!.Nodes.Add(new OnnxNode("Relu", ["nowhere"], ["z"]));

        Assert.Equal("'model.onnx' is not a sound ONNX model: 'nowhere', which Relu reads, is made nowhere.", Refusal(program).Message);
    }

    [Fact]
    public void Load_Cycle_IsNamed()
    {
        var program = Made.Dense();
        program.Graph!.Nodes.Add(new OnnxNode("Add", ["b", "y"], ["a"]));
        program.Graph.Nodes.Add(new OnnxNode("Relu", ["a"], ["b"]));

        Assert.Equal("'model.onnx' is not a sound ONNX model: Add needs its own result: the graph has a cycle.", Refusal(program).Message);
    }

    [Fact]
    public void Load_ValueMadeTwice_IsNamed()
    {
        var program = Made.Dense();
        program.Graph!.Nodes.Add(new OnnxNode("Relu", ["x"], ["y"]));

        Assert.Equal("'model.onnx' is not a sound ONNX model: 'y' is made twice.", Refusal(program).Message);
    }

    [Fact]
    public void Load_FunctionThatCallsItself_IsNamed()
    {
        var program = Made.Dense();
        program.Functions.Add(new OnnxFunction("own", "F", ["a"], ["b"], [new OnnxNode("F", ["a"], ["b"]) { Domain = "own" }]));

        Assert.Equal("'model.onnx' is not a sound ONNX model: the function own.F calls itself.", Refusal(program).Message);
    }

    [Fact]
    public void Load_FunctionsThatGrowExponentially_AreRefusedAtOnce()
    {
        var program = Made.Dense();
        for (var i = 0; i < 40; i++)
        {
            OnnxNode[] nodes = i == 0
                ? [new("Identity", ["a"], ["b"])]
                : [new($"F{i - 1}", ["a"], ["m"]) { Domain = "own" }, new($"F{i - 1}", ["m"], ["b"]) { Domain = "own" }];
            program.Functions.Add(new OnnxFunction("own", $"F{i}", ["a"], ["b"], nodes));
        }

        program.Graph!.Nodes.Add(new OnnxNode("F39", ["y"], ["z"]) { Domain = "own" });

        Assert.Equal(ErrorCodes.LimitExceeded, Refusal(program).Code);
    }

    [Fact]
    public void Load_LoopWithoutAnEnd_IsRefusedAtOnce()
    {
        var exception = Refusal(Loops.Rounds(1L << 62));

        Assert.Equal("'model.onnx' has a loop of 4611686018427387904 rounds that nothing ends earlier; at most 10000000 are taken.", exception.Message);
    }

    [Fact]
    public void Load_LoopOfSomeRounds_Computes()
    {
        using var model = Made.Load(Loops.Rounds(5));
        using var inputs = Made.Inputs("x", ModelTensor.Of<float>([1f]));

        using var output = model.Predict(inputs);

        Assert.Equal(32f, ((ModelTensor)output.First).Elements<float>()[0]);
    }

    [Fact]
    public void Load_WithoutGraphOrOperators_IsRefused()
    {
        OnnxProgram program = new();

        Assert.Contains("it does not tell the version of its operators", Refusal(program).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownOperator_IsNamed()
    {
        var program = Made.Dense();
        program.Graph!.Nodes.Add(new OnnxNode("NotAnOperator", ["x"], ["z"]));

        var exception = Refusal(program);

        Assert.Equal(ErrorCodes.UnsupportedFormat, exception.Code);
        Assert.Contains("NotAnOperator", exception.Message, StringComparison.Ordinal);
    }

    private static FlamaException Refusal(OnnxProgram program) => Assert.Throws<FlamaException>(() => Made.Load(program));
}
