using Flama.Onnx.Graphs;

namespace Flama.Onnx.Tests;

public sealed class OnnxEngineTests
{
    [Fact]
    public void Predict_OfAGraphThatWasMade_GivesItsNumbers()
    {
        using var model = Made.Load(Made.Dense());
        using var inputs = Made.Inputs("x", ModelTensor.Of<float>([1, 2, 3, 0, 0, 0], 2, 3));

        using var output = model.Predict(inputs);

        var tensor = Assert.IsType<ModelTensor>(output.First);
        Assert.Equal([2, 2], tensor.Shape);
        Assert.Equal([0f, 1.5f, 0f, 0.5f], tensor.Elements<float>().ToArray());
    }

    [Fact]
    public void Signature_OfAGraph_HasNamesTypesAndSymbols()
    {
        using var model = Made.Load(Made.Dense());

        var method = Assert.Single(model.Methods);

        Assert.Equal("x: float32[batch, 3]", Assert.Single(((TensorsSpec)method.Input).Tensors).ToString());
        Assert.Equal(("y", ElementType.Float32, OutputForm.Single), (method.Outputs[0].Name, method.Outputs[0].Type, method.OutputForm));
        Assert.Equal(("onnx", "17"), (model.Metadata.Framework, model.Metadata.FrameworkVersion));
    }

    [Theory]
    [InlineData(ElementType.Float64)]
    [InlineData(ElementType.Float32)]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.BFloat16)]
    [InlineData(ElementType.Int8)]
    [InlineData(ElementType.Int16)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.Int64)]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.UInt16)]
    [InlineData(ElementType.UInt32)]
    [InlineData(ElementType.UInt64)]
    [InlineData(ElementType.Boolean)]
    public void Predict_EveryElementType_ComesBackAsItWent(ElementType type)
    {
        using var model = Made.Load(Made.Through(OnnxElementTypes.Of(type), (graph, x) => graph.Add("Identity", [x])));
        var given = ModelTensor.Rent(type, 3, 2);
        for (var i = 0; i < given.WritableBytes.Length; i++)
        {
            given.WritableBytes[i] = (byte)(type == ElementType.Boolean ? i % 2 : i + 1);
        }

        using var inputs = Made.Inputs("x", given);
        using var output = model.Predict(inputs);

        var found = (ModelTensor)output.First;
        Assert.Equal((type, 6), (found.Type, found.Count));
        Assert.Equal(given.Bytes.ToArray(), found.Bytes.ToArray());
    }

    [Fact]
    public void Predict_Text_ComesBackWithZerosAndLettersOfAllKinds()
    {
        string[] texts = ["", "a\0b", "größer", "😀"];
        using var model = Made.Load(Made.Through(OnnxElementType.String, (graph, x) => graph.Add("Identity", [x])));
        using var inputs = Made.Inputs("x", ModelTensor.OfTexts(texts, 2, 2));

        using var output = model.Predict(inputs);

        Assert.Equal(texts, ((ModelTensor)output.First).Texts.ToArray());
    }

    [Fact]
    public void Predict_NoRows_GivesNone()
    {
        using var model = Made.Load(Made.Dense());
        using var inputs = Made.Inputs("x", ModelTensor.Rent(ElementType.Float32, 0, 3));

        using var output = model.Predict(inputs);

        Assert.Equal([0, 2], output.First.Shape);
    }

    [Fact]
    public void Predict_LargeAnswer_IsTheSameAsInPieces()
    {
        using var model = Made.Load(Made.Dense(64, 64));
        var rows = ModelTensor.Rent(ElementType.Float32, 500, 64);
        for (var i = 0; i < rows.Count; i++)
        {
            rows.WritableElements<float>()[i] = (i % 11) - 5;
        }

        using var inputs = Made.Inputs("x", rows);
        using var whole = model.Predict(inputs);

        for (var row = 0; row < 500; row += 99)
        {
            using var one = Made.Inputs("x", ModelTensor.Of(rows.Elements<float>().Slice(row * 64, 64), 1, 64));
            using var part = model.Predict(one);
            Assert.Equal(((ModelTensor)part.First).Elements<float>().ToArray(), ((ModelTensor)whole.First).Elements<float>().Slice(row * 64, 64).ToArray());
        }
    }

    [Fact]
    public void Predict_OutputShapeThatIsNotTold_IsTakenAsItComes()
    {
        var program = Made.Dense(64, 64);
        program.Graph!.Outputs[0] = OnnxValue.OfTensor("y", OnnxElementType.Float32, Made.Batch, 100);
        using var model = Made.Load(program);
        using var inputs = Made.Inputs("x", ModelTensor.Rent(ElementType.Float32, 300, 64));

        using var output = model.Predict(inputs);
        using var again = model.Predict(inputs);

        Assert.Equal([300, 64], output.First.Shape);
        Assert.Equal([300, 64], again.First.Shape);
    }

    [Fact]
    public void Predict_WrongInput_SaysWhatIsExpected()
    {
        using var model = Made.Load(Made.Dense());
        using var wide = Made.Inputs("x", ModelTensor.Rent(ElementType.Float32, 1, 4));
        using var typed = Made.Inputs("x", ModelTensor.Rent(ElementType.Float64, 1, 3));
        using var named = Made.Inputs("z", ModelTensor.Rent(ElementType.Float32, 1, 3));

        Assert.Equal("'x' has the shape [1, 4], expected x: float32[batch, 3].", Assert.Throws<FlamaException>(() => model.Predict(wide)).Message);
        Assert.Equal("'x' is of float64, expected x: float32[batch, 3].", Assert.Throws<FlamaException>(() => model.Predict(typed)).Message);
        Assert.Equal("The input has 'z', expected 'x'.", Assert.Throws<FlamaException>(() => model.Predict(named)).Message);
    }

    [Fact]
    public void Predict_NodeThatRefusesAValue_IsAnErrorOfTheInput()
    {
        var graph = new OnnxGraphBuilder();
        var index = graph.Input("index", OnnxElementType.Int64, Made.Batch);
        graph.Output("y", graph.Add("Gather", [graph.Constant<float>([1f, 2f], 2), index]), OnnxElementType.Float32, null);
        using var model = Made.Load(graph.ToProgram(17));
        using var inputs = Made.Inputs("index", ModelTensor.Of<long>([7]));

        var exception = Assert.Throws<FlamaException>(() => model.Predict(inputs));

        Assert.Equal(ErrorCodes.InvalidInput, exception.Code);
        Assert.Contains("idx=7 must be within the inclusive range [-2,1]", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("onnxruntime_src", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_CancelledBefore_DoesNotCompute()
    {
        using var model = Made.Load(Made.Dense());
        using var inputs = Made.Inputs("x", ModelTensor.Rent(ElementType.Float32, 1, 3));

        Assert.Throws<OperationCanceledException>(() => model.Predict(inputs, new InvokeOptions(new CancellationToken(canceled: true))));
    }

    [Fact]
    public void Predict_LoopThatIsCancelled_Ends()
    {
        using var model = Made.Load(Loops.UntilInputIsNegative());
        using var inputs = Made.Inputs("x", ModelTensor.Of<float>([1f]));
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(50));

        Assert.Throws<OperationCanceledException>(() => model.Predict(inputs, new InvokeOptions(source.Token)));
    }

    [Fact]
    public void Predict_LoopWithoutAnEnd_IsEndedByTheLimit()
    {
        using var model = Made.Load(Loops.UntilInputIsNegative(), new OnnxOptions { MaxLoopTime = TimeSpan.FromMilliseconds(50) });
        using var inputs = Made.Inputs("x", ModelTensor.Of<float>([1f]));

        var exception = Assert.Throws<FlamaException>(() => model.Predict(inputs));

        Assert.Equal("The model's loops took more than 0.05 seconds.", exception.Message);
    }

    [Fact]
    public void Predict_FromManyThreads_GivesTheSame()
    {
        using var model = Made.Load(Made.Dense());

        Parallel.For(0, 64, i =>
        {
            for (var j = 0; j < 50; j++)
            {
                using var inputs = Made.Inputs("x", ModelTensor.Of<float>([i, 0, 0], 1, 3));
                using var output = model.Predict(inputs);
                Assert.Equal([Math.Max(0, -0.75f * i), Math.Max(0, (-0.5f * i) + 0.5f)], ((ModelTensor)output.First).Elements<float>().ToArray());
            }
        });
    }

    [Fact]
    public void Load_WeightsBesideTheModel_AreRead()
    {
        var program = Made.Dense();
        var weights = program.Graph!.Initializers[0];
        program.Graph.Initializers[0] = new OnnxTensor(weights.Name, weights.Type, weights.Shape) { External = new OnnxExternalData("w/weights.bin", "4", "24") };
        byte[] file = [9, 9, 9, 9, .. weights.ReadBytes().Span];

        using var model = Made.Load(Made.Source(program, new SideFile("w/weights.bin", ModelPayload.FromMemory(file))));
        using var inputs = Made.Inputs("x", ModelTensor.Of<float>([1, 2, 3], 1, 3));
        using var output = model.Predict(inputs);

        Assert.Equal([0f, 1.5f], ((ModelTensor)output.First).Elements<float>().ToArray());
    }

    [Theory]
    [InlineData("../w.bin", "0", "24", "which is not a path beside the model")]
    [InlineData("/etc/passwd", "0", "24", "which is not a path beside the model")]
    [InlineData("..\\w.bin", "0", "24", "which is not a path beside the model")]
    [InlineData("gone.bin", "0", "24", "which is not among its files")]
    [InlineData("w.bin", "8", "24", "needs 24 bytes from byte 8 of 'w.bin', which has 24")]
    [InlineData("w.bin", "-8", "24", "needs 24 bytes from byte -8")]
    [InlineData("w.bin", "0", "20", "has 20 bytes and its shape needs 24")]
    [InlineData("w.bin", "0", "lots", "has 'lots' for a number of bytes")]
    public void Load_WeightsThatAreNotThere_AreRefused(string location, string offset, string length, string why)
    {
        var program = Made.Dense();
        var weights = program.Graph!.Initializers[0];
        program.Graph.Initializers[0] = new OnnxTensor(weights.Name, weights.Type, weights.Shape) { External = new OnnxExternalData(location, offset, length) };

        var exception = Assert.Throws<FlamaException>(() => Made.Load(Made.Source(program, new SideFile("w.bin", ModelPayload.FromMemory(new byte[24])))));

        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AndDispose_OftenLeavesNoMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Resident memory is read from /proc.");
        var source = Made.Source(Made.Dense(512, 512));
        Cycle(source, 50);
        var before = Resident();

        Cycle(source, 1000);

        // A cycle's weights are 1 MB: a leak of one in a hundred would show.
        Assert.InRange(Resident() - before, -1L << 40, 24 << 20);
    }

    private static void Cycle(ModelSource source, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var model = Made.Load(source);
            using var inputs = Made.Inputs("x", ModelTensor.Rent(ElementType.Float32, 4, 512));
            using var output = model.Predict(inputs);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static long Resident() => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        System.Globalization.CultureInfo.InvariantCulture) * 1024;
}
