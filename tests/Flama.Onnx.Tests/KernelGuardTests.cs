using Flama.Onnx.Graphs;

namespace Flama.Onnx.Tests;

/// <summary>Inputs that ended the process inside ONNX Runtime.</summary>
public sealed class KernelGuardTests
{
    [Theory]
    [InlineData("LSTM", 4)]
    [InlineData("GRU", 3)]
    public void Predict_EmptyBatchOfARecurrentLayer_IsRefused(string layer, int gates)
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, 5, Made.Batch, 2);
        var outputs = graph.Add(
            layer, 2, [x, graph.Constant<float>(new float[gates * 3 * 2], 1, gates * 3, 2), graph.Constant<float>(new float[gates * 3 * 3], 1, gates * 3, 3)], OnnxAttribute.Of("hidden_size", 3));
        graph.Output("y", outputs[1], OnnxElementType.Float32, null);

        using var model = Made.Load(graph.ToProgram(17));

        Assert.Equal($"The model cannot compute this input: {layer} takes nothing with a length of 0.", Refusal(model, ModelTensor.Rent(ElementType.Float32, 5, 0, 2)));
        Assert.Equal([1, 2, 3], Answer(model, ModelTensor.Rent(ElementType.Float32, 5, 2, 2)).Shape);
    }

    [Fact]
    public void Predict_LoopWhoseNumberOfRoundsIsEmpty_IsRefused()
    {
        var program = Loops.Rounds(3);
        var graph = program.Graph!;
        graph.Inputs.Add(OnnxValue.OfTensor("rounds", OnnxElementType.Int64, Made.Batch));
        var loop = graph.Nodes.Single(node => node.OperatorType == "Loop");
        graph.Nodes[graph.Nodes.IndexOf(loop)] = loop with { Inputs = ["rounds", "", "x"] };
        using var model = Made.Load(program);
        using TensorInputs none = new(KeyValuePair.Create("x", ModelTensor.Of<float>([1])), KeyValuePair.Create("rounds", ModelTensor.Rent(ElementType.Int64, 0)));
        using TensorInputs three = new(KeyValuePair.Create("x", ModelTensor.Of<float>([1])), KeyValuePair.Create("rounds", ModelTensor.Of<long>([3])));

        using var answer = model.Predict(three);

        Assert.Equal(8f, ((ModelTensor)answer.First).Elements<float>()[0]);
        Assert.Equal("The model cannot compute this input: Loop takes nothing with a length of 0.", Assert.Throws<FlamaException>(() => model.Predict(none)).Message);
    }

    [Fact]
    public void Predict_LoopWhoseConditionBecomesEmpty_IsRefused()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, Made.Batch);
        var body = graph.Inner();
        body.Input("round", OnnxElementType.Int64);
        body.Input("goes_on", OnnxElementType.Boolean);
        var state = body.Input("state", OnnxElementType.Float32, Made.Batch);
        body.Output("goes_on_out", body.Add("Less", [state, body.Constant<float>([10f])]), OnnxElementType.Boolean, null);
        body.Output("state_out", body.Add("Add", [state, state]), OnnxElementType.Float32, Made.Batch);
        graph.Output("y", graph.Add("Loop", ["", "", x], OnnxAttribute.Of("body", body.Graph)), OnnxElementType.Float32, null);

        using var model = Made.Load(graph.ToProgram(17));

        Assert.Equal([32f], Answer(model, ModelTensor.Of<float>([1f])).Elements<float>().ToArray());
        Assert.Equal("The model cannot compute this input: Loop takes nothing with a length of 0.", Refusal(model, ModelTensor.Rent(ElementType.Float32, 0)));
    }

    [Fact]
    public void Predict_EmptyPlaceInASequence_IsRefused()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Int64, null);
        var sequence = graph.Add("SequenceConstruct", [graph.Constant<float>([7f])]);
        graph.Output("y", graph.Add("SequenceAt", [sequence, x]), OnnxElementType.Float32, null);

        using var model = Made.Load(graph.ToProgram(17));

        Assert.Equal([7f], Answer(model, ModelTensor.Of<long>([0L], [])).Elements<float>().ToArray());
        Assert.Equal("The model cannot compute this input: SequenceAt takes nothing with a length of 0.", Refusal(model, ModelTensor.Rent(ElementType.Int64, 0)));
    }

    [Fact]
    public void Predict_EmptyRowsOfVectorsOfFeatures_AreRefused()
    {
        using var model = Made.Load(Made.Through(OnnxElementType.Float32, (graph, x) => graph.Add("ai.onnx.ml.FeatureVectorizer", [x, x], OnnxAttribute.Of("inputdimensions", [2, 2]))));
        using var inputs = Made.Inputs("x", ModelTensor.Rent(ElementType.Float32, 0, 2));

        var method = model.GetMethod("infer");

        Assert.Contains("FeatureVectorizer takes nothing with a length of 0", Assert.Throws<FlamaException>(() => method.Invoke(inputs)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_DimensionsThatTheFileDoesNotTell_AreCountedBeforeTheKernelDoes()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, null);
        graph.Output("y", graph.Add("ReverseSequence", [x, graph.Constant<long>([1L, 2L], 2)]), OnnxElementType.Float32, null);

        using var model = Made.Load(graph.ToProgram(17));

        Assert.Equal([3, 2], Answer(model, ModelTensor.Rent(ElementType.Float32, 3, 2)).Shape);
        Assert.Equal("The model cannot compute this input: ReverseSequence takes more dimensions.", Refusal(model, ModelTensor.Of<float>([1f], [])));
    }

    [Theory]
    [InlineData(new long[] { 2, 0 })]
    [InlineData(new long[] { 2 })]
    public void Predict_EinsumOfTheWrongInput_IsRefused(long[] shape)
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, null);
        graph.Output("y", graph.Add("Einsum", [x, x], OnnxAttribute.Of("equation", "ij,kj->ik")), OnnxElementType.Float32, null);

        using var model = Made.Load(graph.ToProgram(17));

        Assert.Equal([2, 2], Answer(model, ModelTensor.Rent(ElementType.Float32, 2, 3)).Shape);
        Assert.StartsWith("The model cannot compute this input: Einsum takes ", Refusal(model, ModelTensor.Rent(ElementType.Float32, shape)), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_OptionalValueThatIsCopied_HasToBeGiven()
    {
        var graph = new OnnxGraphBuilder();
        OnnxType type = new OnnxType.Optional(new OnnxType.Tensor(OnnxElementType.Float32, [new(2)]));
        graph.Graph.Inputs.Add(new OnnxValue("x", type));
        graph.Graph.Nodes.Add(new OnnxNode("Identity", ["x"], ["y"]));
        graph.Graph.Outputs.Add(new OnnxValue("y", type));
        using var model = Made.Load(graph.ToProgram(17));
        using TensorInputs nothing = new();

        Assert.StartsWith("The input has no 'x'", Assert.Throws<FlamaException>(() => model.Predict(nothing)).Message, StringComparison.Ordinal);
    }

    private static string Refusal(Model model, ModelTensor x)
    {
        using var inputs = Made.Inputs("x", x);
        var exception = Assert.Throws<FlamaException>(() => model.Predict(inputs));
        Assert.Equal(ErrorCodes.InvalidInput, exception.Code);
        return exception.Message;
    }

    private static ModelTensor Answer(Model model, ModelTensor x)
    {
        using var inputs = Made.Inputs("x", x);
        return (ModelTensor)model.Predict(inputs).First;
    }
}
