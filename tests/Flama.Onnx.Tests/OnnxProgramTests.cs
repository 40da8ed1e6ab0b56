using Flama.Onnx.Graphs;

namespace Flama.Onnx.Tests;

public sealed class OnnxProgramTests
{
    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame()
    {
        var program = Made.Dense();
        program.Properties["task"] = "test";
        program.Functions.Add(new OnnxFunction("local", "Twice", ["a"], ["b"], [new OnnxNode("Add", ["a", "a"], ["b"])]) { Opsets = new Dictionary<string, long> { [""] = 17 } });

        var read = OnnxProgram.Read(program.ToBytes());

        Assert.Equal(program.ToBytes(), read.ToBytes());
        Assert.Equal(("flama", 10, 17, "test"), (read.Producer, read.IrVersion, read.Opsets[""], read.Properties["task"]));
        Assert.Equal(["MatMul", "Add", "Relu", "Identity"], read.Graph!.Nodes.Select(node => node.OperatorType));
        Assert.Equal([Made.Batch, new Dimension(3)], ((OnnxType.Tensor)read.Graph.Inputs[0].Type!).Shape!);
        Assert.Equal("Twice", Assert.Single(read.Functions).Name);
    }

    [Fact]
    public void Read_Attributes_HaveTheirValues()
    {
        var inner = new OnnxGraphBuilder();
        inner.Output("z", inner.Constant<long>([5L]), OnnxElementType.Int64);
        var graph = new OnnxGraphBuilder();
        graph.Add(
            "Test",
            [],
            OnnxAttribute.Of("i", -3),
            OnnxAttribute.Of("f", 0.5f),
            OnnxAttribute.Of("s", "text é"),
            OnnxAttribute.Of("is", [1, -2, 1L << 40]),
            OnnxAttribute.Of("fs", [1.5f, -0f]),
            OnnxAttribute.Of("ss", ["a", ""]),
            OnnxAttribute.Of("t", OnnxTensor.Of<double>("", [1.0, 2.0], 2)),
            OnnxAttribute.Of("g", inner.Graph));

        var node = Assert.Single(OnnxProgram.Read(graph.ToProgram(17).ToBytes()).Graph!.Nodes);

        Assert.Equal((-3, 0.5f, "text é"), (node.Find("i")!.ReadInteger(), node.Find("f")!.ReadFloat(), node.Find("s")!.ReadText()));
        Assert.Equal([1, -2, 1L << 40], node.Find("is")!.ReadIntegers());
        Assert.Equal([1.5f, -0f], node.Find("fs")!.ReadFloats());
        Assert.Equal(["a", ""], node.Find("ss")!.ReadTexts());
        Assert.Equal(16, Assert.Single(node.Find("t")!.Tensors).ReadBytes().Length);
        Assert.Equal("z", Assert.Single(Assert.Single(node.Find("g")!.Graphs).Outputs).Name);
        Assert.Null(node.Find("none"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_FileThatIsCutOff_IsATypedError(int quarter)
    {
        var bytes = Made.Dense().ToBytes();
        var cut = bytes[..((bytes.Length - 1) * quarter / 4)];

        var exception = Record.Exception(() => OnnxProgram.Read(cut));

        Assert.True(exception is null or FlamaException { Code.Name: "truncated" or "corrupt" }, $"{exception}");
    }

    [Fact]
    public void Read_MoreNodesThanTheLimit_NamesTheOption()
    {
        var bytes = Made.Dense().ToBytes();

        var exception = Assert.Throws<FlamaException>(() => OnnxProgram.Read(bytes, "big.onnx", new OnnxLimits { MaxNodes = 2 }));

        Assert.Equal("'big.onnx' has more than 2 nodes.", exception.Message);
        Assert.Equal("Raise OnnxLimits.MaxNodes if you trust the file.", exception.Remedy);
    }

    [Fact]
    public void Tensor_OfWrongLength_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new OnnxTensor("w", OnnxElementType.Float32, [2], new byte[4]));
        Assert.Throws<ArgumentException>(() => new OnnxTensor("w", [2], ["only one"]));
    }
}
