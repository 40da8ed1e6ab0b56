using Flama.Onnx.Graphs;
using Flama.Onnx.Running;

namespace Flama.Onnx.Tests;

/// <summary>Files that are read by ONNX Runtime otherwise than they look, or cost more than they are.</summary>
public sealed class HostileFileTests
{
    [Theory]
    [InlineData(7, new byte[] { 10, 0 })]
    [InlineData(1, null)]
    public void Read_FieldThatMayBeThereOnce_IsRefusedTheSecondTime(int field, byte[]? content)
    {
        byte[] again = content is null ? [(byte)(field << 3), 10] : [(byte)((field << 3) | 2), (byte)content.Length, .. content];

        var exception = Assert.Throws<FlamaException>(() => OnnxProgram.Read((byte[])[.. Made.Dense().ToBytes(), .. again]));

        Assert.Equal(ErrorCodes.Corrupt, exception.Code);
        Assert.Contains($"field {field} is there twice", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoAttributesOfOneName_AreRefused()
    {
        var graph = new OnnxGraphBuilder();
        graph.Add("Test", [], OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("axis", 2));

        Assert.Contains("two attributes of one name", Assert.Throws<FlamaException>(() => OnnxProgram.Read(graph.ToProgram(17).ToBytes())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AttributeThatDoesNotHoldWhatItSays_IsRefused()
    {
        // Name "body", type 5: a graph, which is not there.
        byte[] attribute = [10, 4, (byte)'b', (byte)'o', (byte)'d', (byte)'y', 0xA0, 1, 5];
        byte[] node = [34, 4, (byte)'L', (byte)'o', (byte)'o', (byte)'p', 42, (byte)attribute.Length, .. attribute];
        byte[] graph = [10, (byte)node.Length, .. node];

        var exception = Assert.Throws<FlamaException>(() => OnnxProgram.Read((byte[])[58, (byte)graph.Length, .. graph]));

        Assert.Contains("the attribute 'body' does not hold the Graph that it says", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsUnderManySpellings_AreOpenedOnce()
    {
        var program = Made.Dense();
        var weights = program.Graph!.Initializers[0];
        CountedPayload file = new(weights.ReadBytes(), 24);
        program.Graph.Initializers[0] = new OnnxTensor(weights.Name, weights.Type, weights.Shape) { External = new OnnxExternalData("w.bin", "0", "24") };
        for (var i = 1; i < 50; i++)
        {
            var spelling = string.Concat(Enumerable.Repeat("./", i)) + "w.bin";
            program.Graph.Initializers.Add(new OnnxTensor($"w{i}", weights.Type, weights.Shape) { External = new OnnxExternalData(spelling, "0", "24") });
        }

        using var model = Made.Load(Made.Source(program, new SideFile("w.bin", file)));

        Assert.Equal(1, file.Opened);
    }

    [Fact]
    public void Load_WeightsThatAreNotAsLongAsAnnounced_AreRefusedBeforeMemoryIsTaken()
    {
        const long elements = 1L << 44;
        var program = Made.Dense();
        program.Graph!.Initializers[0] = new OnnxTensor(program.Graph.Initializers[0].Name, OnnxElementType.Float32, [elements]) { External = new OnnxExternalData("w.bin", null, null) };

        var exception = Assert.Throws<FlamaException>(() => Made.Load(Made.Source(program, new SideFile("w.bin", new CountedPayload(new byte[24], 4 * elements)))));

        Assert.Equal((ErrorCodes.Truncated, "'w.bin' has 24 of 70368744177664 bytes."), (exception.Code, exception.Message));
    }

    [Fact]
    public async Task Load_LoopThatHandsItsConditionOnManyTimes_IsLookedAtInOneGo()
    {
        var program = Loops.Rounds(1L << 62);
        var body = program.Graph!.Nodes.Single(node => node.OperatorType == "Loop").Find("body")!.Graphs[0];
        var name = body.Inputs[1].Name;
        for (var i = 0; i < 150_000; i++)
        {
            body.Nodes.Add(new OnnxNode("Identity", [name], [name = $"v{i}"]));
        }

        body.Outputs[0] = body.Outputs[0] with { Name = name };
        var source = Made.Source(program);

        var loading = Task.Run(() => Assert.Throws<FlamaException>(() => Made.Load(source)), TestContext.Current.CancellationToken);

        // In one go it takes a second; looking for each value among all nodes takes some minutes.
        Assert.Equal(ErrorCodes.LimitExceeded, (await loading.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).Code);
    }

    [Fact]
    public void Load_SplitWhosePartsNobodyNames_IsATypedError()
    {
        var program = Made.Through(OnnxElementType.Float32, (graph, x) => graph.Add("Identity", [x]));
        program.Opsets[""] = 18;
        program.Graph!.Nodes.Add(new OnnxNode("Split", ["x"], ["", "", ""], OnnxAttribute.Of("num_outputs", 3)));

        Assert.True(Record.Exception(() => Made.Load(program).Dispose()) is null or FlamaException);
    }

    [Fact]
    public void Answer_LargerThanAnArray_IsATypedError()
    {
        var exception = Assert.Throws<FlamaException>(() => OrtValues.SizeOf([1L << 20, 1 << 10], 4));

        Assert.Equal(ErrorCodes.InputTooLarge, exception.Code);
        Assert.Equal(0, OrtValues.SizeOf([1L << 40, 1L << 40, 0], 4));
        Assert.Equal(24, OrtValues.SizeOf([2, 3], 4));
    }

    [Fact]
    public void Dispose_WhileCallsWithAWatchBegin_EndsNoneOfThemBadly()
    {
        for (var round = 0; round < 60; round++)
        {
            var model = Made.Load(Loops.Rounds(20));
            using Barrier begin = new(4);
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, caller =>
            {
                begin.SignalAndWait(TimeSpan.FromSeconds(1));
                if (caller == 0)
                {
                    model.Dispose();
                    return;
                }

                for (var call = 0; call < 10; call++)
                {
                    using var inputs = Made.Inputs("x", ModelTensor.Of<float>([1f]));
                    try
                    {
                        using var output = model.Predict(inputs);
                    }
                    catch (ObjectDisposedException)
                    {
                        return;
                    }
                }
            });
        }
    }

    private sealed class CountedPayload(ReadOnlyMemory<byte> content, long length) : ModelPayload
    {
        public int Opened { get; private set; }

        public override long Length => length;

        public override Stream OpenRead()
        {
            Opened++;
            return new MemoryStream(content.ToArray());
        }
    }
}
