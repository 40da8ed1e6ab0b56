using System.IO.Compression;
using Flama.Keras.Files;
using Flama.Keras.Models;
using Flama.Keras.TensorFlow;
using Flama.Keras.Tests.Made;
using Flama.Packaging;

namespace Flama.Keras.Tests;

/// <summary>Small files that would become gigabytes are refused before they do.</summary>
public sealed class MemoryTests
{
    private const int Float32 = 1;
    private const long Most = 600L << 20;

    [Fact]
    public void Archive_ThatExpandsToMoreThanItIsWorth_IsRefused()
    {
        using MemoryStream stream = new();
        stream.Write(MadeKeras.Archive("{}"));
        using (ZipArchive zip = new(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("assets/layers/text_vectorization/vocabulary.txt", CompressionLevel.Fastest).Open();
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i < 400; i++)
            {
                entry.Write(spaces);
            }
        }

        AssertTooLarge(() => MadeKeras.Load(stream.ToArray()));
    }

    [Fact]
    public void Constant_OfOneNumberManyTimes_IsRefused()
    {
        byte[] one = [.. MadeGraph.Field(5, BitConverter.GetBytes(1f))];

        AssertTooLarge(() => MadeKeras.Load(Sum([10_000, 10_000], count: 1, one), "made.pb"));
        AssertTooLarge(() => MadeKeras.Load(Sum([4000, 4000], count: 40, one), "made.pb"));
    }

    [Fact]
    public void Variables_WithNamesThatAreMostlyThoseBefore_AreRefused()
    {
        // A key of 4000 bytes, and 100 000 more that share all but one of them.
        List<byte> block = [];
        for (var i = 0; i < 100_000; i++)
        {
            var shared = i == 0 ? 0 : 3999;
            block.AddRange([.. MadeGraph.Varint((ulong)shared), .. MadeGraph.Varint((ulong)(4000 - shared)), 0, .. new byte[4000 - shared]]);
        }

        AssertTooLarge(() => Checkpoint.Read(Index(block), new MemoryBudget(0)));
    }

    [Fact]
    public void Variables_WithANameWithoutEnd_AreDamaged()
    {
        var refusal = Assert.Throws<FlamaException>(() => Checkpoint.Read(Index([0, .. MadeGraph.Varint(5000), 0, .. new byte[5000]]), new MemoryBudget(0)));

        Assert.Equal(ErrorCodes.Corrupt, refusal.Code);
    }

    [Fact]
    public void Layer_ThatIsCalledTwice_HasItsWeightsOnce()
    {
        var dense = """{"module": "keras.layers", "class_name": "Dense", "config": {"name": "dense", "units": 2, "activation": "linear"}, "registered_name": null, "name": "dense", "inbound_nodes": [NODES]}"""
            .Replace("NODES", string.Join(", ", new[] { MadeKeras.Tensor("x"), MadeKeras.Tensor("dense") }.Select(from => $$"""{"args": [{{from}}], "kwargs": {} }""")), StringComparison.Ordinal);
        var config = MadeKeras.Functional("dense", ["x"], MadeKeras.Input("x", "[null, 2]"), dense).Replace("""["dense", 0, 0]] }""", """["dense", 1, 0]] }""", StringComparison.Ordinal);
        var weights = MadeKeras.Weights(("layers/dense/vars/0", new float[,] { { 1, 2 }, { 3, 4 } }), ("layers/dense/vars/1", new float[] { 1, 1 }));
        using var package = ModelPackage.Open(MadeKeras.Archive(config, weights), "made.keras");

        var lowered = ModelLowering.Lower(KerasArchive.Read(package.ReadModel()));

        Assert.Equal(6, lowered.Graph.Builder.Graph.Initializers.Sum(tensor => tensor.Count));
    }

    private static byte[] Sum(long[] shape, int count, byte[] one) => MadeGraph.Graph(
    [
        MadeGraph.Placeholder("x", Float32, 1, 1),
        .. Enumerable.Range(0, count).Select(i => MadeGraph.Constant($"c{i}", Float32, shape, one)),
        MadeGraph.Node("y", "AddN", ["x", .. Enumerable.Range(0, count).Select(i => $"c{i}")]),
    ]);

    private static ModelSource Index(List<byte> block)
    {
        List<byte> table = [.. block, .. new byte[4], 0];
        byte[] handle = [.. MadeGraph.Varint(0), .. MadeGraph.Varint((ulong)block.Count + 4)];
        var index = table.Count;
        table.AddRange([0, 0, (byte)handle.Length, .. handle, .. new byte[4], 0]);
        byte[] footer = [0, 0, .. MadeGraph.Varint((ulong)index), .. MadeGraph.Varint((ulong)handle.Length + 7)];
        table.AddRange([.. footer, .. new byte[40 - footer.Length], .. BitConverter.GetBytes(0xdb4775248b80fb57)]);
        return new("saved_model.pb", ModelFormats.SavedModel, ModelPayload.Empty) { SideFiles = [new("variables/variables.index", ModelPayload.FromMemory(table.ToArray()))] };
    }

    private static void AssertTooLarge(Func<object> load)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Assert.Throws<FlamaException>(load);

        Assert.Equal(ErrorCodes.LimitExceeded, refusal.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
    }
}
