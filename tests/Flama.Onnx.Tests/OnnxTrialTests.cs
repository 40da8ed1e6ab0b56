using Flama.Onnx.Graphs;
using Flama.Tests;

namespace Flama.Onnx.Tests;

public sealed class OnnxTrialTests
{
    private static readonly OnnxOptions Tried = new() { Trial = new OnnxTrial() };

    [Fact]
    public void Load_GraphThatEndsItsProcess_IsRefused()
    {
        var exception = Assert.Throws<FlamaException>(() => Made.Load(HostileGraphs.AttentionWithoutBias(), Tried));

        Assert.Equal(ErrorCodes.InvalidModel, exception.Code);
        Assert.Matches(@"^'model\.onnx' ended the process in which it was tried \(exit code -?\d+\), when it was given zeros\.$", exception.Message);
    }

    [Fact]
    public void Load_SoundGraph_IsTriedAndComputes()
    {
        var asked = 0;
        OnnxOptions options = new() { Trial = new OnnxTrial { IsNeeded = () => ++asked > 0 } };
        using var model = Made.Load(Made.Dense(), options);
        using var inputs = Made.Inputs("x", ModelTensor.Of<float>([1, 2, 3], 1, 3));

        using var output = model.Predict(inputs);

        Assert.Equal(1, asked);
        Assert.Equal([0f, 1.5f], ((ModelTensor)output.First).Elements<float>().ToArray());
    }

    [Fact]
    public void Load_GraphWithWeightsBeside_IsTriedWithThem()
    {
        var program = Made.Dense();
        var weights = program.Graph!.Initializers[0];
        program.Graph.Initializers[0] = new OnnxTensor(weights.Name, weights.Type, weights.Shape) { External = new OnnxExternalData("w/weights.bin", "0", "24") };
        var source = Made.Source(program, new SideFile("w/weights.bin", ModelPayload.FromMemory(weights.ReadBytes())));

        using var model = new OnnxEngine(Tried).Load(source, LoadOptions.Default);

        Assert.Single(model.Methods);
    }

    [Fact]
    public void Load_GraphThatIsRefusedAnyway_HasItsOwnMessage()
    {
        var program = Made.Dense();
        program.Graph!.Nodes.Add(new OnnxNode("NotAnOperator", ["x"], ["z"]));

        Assert.Equal(ErrorCodes.UnsupportedFormat, Assert.Throws<FlamaException>(() => Made.Load(program, Tried)).Code);
    }

    [Fact]
    public void Load_WhereNoTrialIsNeeded_StartsNothing()
    {
        OnnxOptions options = new() { Trial = new OnnxTrial { IsNeeded = () => false, Start = () => throw new InvalidOperationException() } };

        using var model = Made.Load(Made.Dense(), options);

        Assert.Single(model.Methods);
    }

    [Fact]
    public void Load_TrialOverItsLimits_IsEndedAndNamesTheOption()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A process that does nothing is started by a program of Linux.");

        var slow = Refusal(new OnnxTrial { Start = () => new("sleep", ["60"]), MaxTime = TimeSpan.FromMilliseconds(200) });
        var large = Refusal(new OnnxTrial { Start = () => new("sleep", ["60"]), MaxBytes = 1 });

        Assert.Equal((ErrorCodes.LimitExceeded, "'model.onnx' took more than 0.2 seconds when it was tried in a process of its own."), (slow.Code, slow.Message));
        Assert.Equal(ErrorCodes.LimitExceeded, large.Code);
        Assert.Equal("Raise OnnxTrial.MaxBytes if you trust the file.", large.Remedy);
    }

    [Fact]
    public void Load_TrialThatCannotBeStarted_IsATypedError() =>
        Assert.Equal(ErrorCodes.InvalidOption, Refusal(new OnnxTrial { Start = () => new("/no/such/program") }).Code);

    [Fact]
    public void Load_CancelledDuringTheTrial_EndsIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A process that does nothing is started by a program of Linux.");
        using CancellationTokenSource source = new();
        OnnxTrial trial = new()
        {
            Start = () =>
            {
                source.CancelAfter(50);
                return new("sleep", ["60"]);
            },
        };

        Assert.Throws<OperationCanceledException>(() => new OnnxEngine(new OnnxOptions { Trial = trial }).Load(Made.Source(Made.Dense()), new LoadOptions { CancellationToken = source.Token }));
    }

    private static FlamaException Refusal(OnnxTrial trial) => Assert.Throws<FlamaException>(() => Made.Load(Made.Dense(), new OnnxOptions { Trial = trial }));
}
