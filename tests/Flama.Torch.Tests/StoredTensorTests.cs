using Flama.Torch.Tests.Writing;

namespace Flama.Torch.Tests;

/// <summary>Weights are as large as their file, not as large as it says.</summary>
public sealed class StoredTensorTests
{
    [Theory]
    [InlineData(1L << 28, 0L)]
    [InlineData(1L << 30, 0L)]
    public void Load_OfStrideZero_RefusesBeforeItTakesMemory(long length, long stride)
    {
        ScriptTensor tensor = new(new byte[1 << 20], [length], [stride]);
        var file = ScriptArchive.OfForward("x: Tensor", "w = self.w\nreturn torch.add(x, torch.sum(w))", KeyValuePair.Create("w", (object?)tensor));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var failure = Assert.Throws<FlamaException>(() => TorchModels.Load(file));

        Assert.Equal(ErrorCodes.LimitExceeded, failure.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public void Load_OfManyTensorsOfStrideZero_RefusesTheirSum()
    {
        var attributes = Enumerable.Range(0, 20).Select(i => KeyValuePair.Create($"w{i}", (object?)new ScriptTensor(new byte[4], [1 << 20, 4], [0, 0])));
        var file = ScriptArchive.OfForward("x: Tensor", "return x", [.. attributes]);

        var failure = Assert.Throws<FlamaException>(() => TorchModels.Load(file));

        Assert.Equal(ErrorCodes.LimitExceeded, failure.Code);
    }

    [Fact]
    public void Predict_OfWeightsThatRepeatAndTurn_ReadsThemByTheirStrides()
    {
        var repeated = ScriptTensor.Of([2], 2, 2) with { Strides = [0, 0] };
        var turned = ScriptTensor.Of([1, 2, 3, 4], 2, 2) with { Strides = [1, 2] };
        var file = ScriptArchive.OfForward("x: Tensor", "return torch.add(torch.mul(x, self.a), self.b)", KeyValuePair.Create("a", (object?)repeated), KeyValuePair.Create("b", (object?)turned));

        using var model = TorchModels.Load(file);

        Assert.Equal([3f, 5f, 4f, 6f], model.Predict(TorchModels.Ones(2, 2)));
    }
}
