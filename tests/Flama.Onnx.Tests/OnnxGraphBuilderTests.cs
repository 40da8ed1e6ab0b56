using Flama.Onnx.Graphs;

namespace Flama.Onnx.Tests;

/// <summary>Graphs that are made in memory.</summary>
public sealed class OnnxGraphBuilderTests
{
    [Fact]
    public void NewName_OfOneWishManyTimes_DoesNotTryAllThatAreTaken()
    {
        OnnxGraphBuilder builder = new();
        const int Count = 20_000;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var names = Enumerable.Range(0, Count).Select(_ => builder.NewName("x")).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Count, names.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000L * Count);
    }

    [Fact]
    public void NewName_ThatSomethingElseHas_IsAnother()
    {
        OnnxGraphBuilder builder = new();
        builder.Input("x_1", OnnxElementType.Float32);

        Assert.Equal(["x", "x_2", "x_3"], [builder.NewName("x"), builder.Inner().NewName("x"), builder.NewName("x")]);
    }
}
