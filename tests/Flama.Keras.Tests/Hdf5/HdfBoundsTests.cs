using System.Runtime.InteropServices;
using Flama.Keras.Hdf5;
using Flama.Keras.Tests.Made;

namespace Flama.Keras.Tests.Hdf5;

/// <summary>Files that say one thing many times, or that contradict themselves: refused before they take memory.</summary>
public sealed class HdfBoundsTests
{
    private const long Most = 64L << 20;

    [Fact]
    public void Chunks_ThatCoverTheArray_AreItsElements()
    {
        MadeHdf made = new();
        var file = made.ToArray(made.AddChunks([3, 2], [2, 2], ([0, 0], [1, 2, 3, 4]), ([2, 0], [5, 6, 7, 8])));

        var array = HdfFile.Open(file, "made.h5").Find("x")!.ToArray();

        Assert.Equal([1, 2, 3, 4, 5, 6], MemoryMarshal.Cast<byte, float>(array.Data.Span).ToArray());
    }

    [Theory]
    [InlineData(new long[] { 0, 0 }, "at the same place")]
    [InlineData(new long[] { 0, 1 }, "not where one begins")]
    [InlineData(new long[] { 0, 4 }, "outside its array")]
    [InlineData(new long[] { 0 }, "has 1 chunks, and its shape needs 2")]
    [InlineData(new long[] { 0, 2, 2 }, "has 3 chunks, and its shape needs 2")]
    public void Chunks_ThatDoNotCoverTheArrayOnce_AreRefused(long[] origins, string what)
    {
        MadeHdf made = new();
        var file = made.ToArray(made.AddChunks([4], [2], [.. origins.Select(origin => (new[] { origin }, new float[] { 1, 2 }))]));

        var refusal = Refusal(file, hdf => hdf.Find("x")!.ToArray());

        Assert.Equal(ErrorCodes.Corrupt, refusal.Code);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chunks_OfMoreBytesThanTheFile_AreRefused()
    {
        MadeHdf made = new();
        var content = made.Add(new byte[64]);
        var tree = made.AddNode(1, 0, 2, Enumerable.Range(0, 2).SelectMany(i => (byte[])[.. MadeHdf.Int(600), .. MadeHdf.Int(0), .. MadeHdf.Long(16 * i), .. MadeHdf.Long(0), .. MadeHdf.Long(content)]));
        var file = made.ToArray(made.AddObject((MadeHdf.Dataspace, MadeHdf.Space(32)), (MadeHdf.Datatype, MadeHdf.Float32), (MadeHdf.Layout, [3, 2, 2, .. MadeHdf.Long(tree), .. MadeHdf.Int(16), .. MadeHdf.Int(4)])));

        Assert.Contains("chunks have more bytes than the file", Refusal(file, hdf => hdf.Find("x")!.ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_OfContinuationsOfItself_HasNoEnd()
    {
        MadeHdf made = new();
        var (at, length) = (made.End, 4000 * 24);
        made.Add(Enumerable.Range(0, 4000).SelectMany(_ => MadeHdf.Message(MadeHdf.Continuation, [.. MadeHdf.Long(at), .. MadeHdf.Long(length)])));

        var refusal = Refusal(made.WithRoot(made.AddObject((MadeHdf.Continuation, [.. MadeHdf.Long(at), .. MadeHdf.Long(length)]))), hdf => _ = hdf.Root.Links);

        Assert.Contains("header has no end", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tree_OfNodesOnOneAnother_HasNoEnd()
    {
        MadeHdf made = new();
        const int Nodes = 1000;
        var first = made.End;
        for (var i = 0; i < Nodes; i++)
        {
            made.AddNode(0, 1, ushort.MaxValue);
        }

        made.Add(new byte[16 * (ushort.MaxValue + 1)]);
        var root = made.AddNode(0, 2, Nodes, Enumerable.Range(0, Nodes).SelectMany(i => (byte[])[.. MadeHdf.Long(0), .. MadeHdf.Long(first + (24 * i))]));
        var heap = made.Add([.. "HEAP"u8, .. MadeHdf.Int(0), .. MadeHdf.Long(8), .. MadeHdf.Long(0), .. MadeHdf.Long(0)]);

        var refusal = Refusal(made.WithRoot(made.AddObject((MadeHdf.SymbolTable, [.. MadeHdf.Long(root), .. MadeHdf.Long(heap)]))), hdf => _ = hdf.Root.Links);

        Assert.Contains("a tree has no end", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Group_OfEntriesWithOneLongName_HasNoEnd()
    {
        MadeHdf made = new();
        const int Entries = 20_000;
        var names = made.Add(Enumerable.Repeat((byte)'n', 1 << 20));
        var heap = made.Add([.. "HEAP"u8, .. MadeHdf.Int(0), .. MadeHdf.Long(1 << 20), .. MadeHdf.Long(0), .. MadeHdf.Long(names)]);
        var leaf = made.Add([.. "SNOD"u8, 1, 0, .. MadeHdf.Short(Entries), .. Enumerable.Range(0, Entries).SelectMany(i => (byte[])[.. MadeHdf.Long(i), .. new byte[32]])]);
        var root = made.AddNode(0, 0, 1, [.. MadeHdf.Long(0), .. MadeHdf.Long(leaf)]);

        var refusal = Refusal(made.WithRoot(made.AddObject((MadeHdf.SymbolTable, [.. MadeHdf.Long(root), .. MadeHdf.Long(heap)]))), hdf => _ = hdf.Root.Links);

        Assert.Contains("a group has no end", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attribute_OfOneTextManyTimes_IsRefused()
    {
        MadeHdf made = new();
        const int Length = 200_000;
        const int Elements = 2_000;
        var collection = made.Add([.. "GCOL"u8, .. MadeHdf.Int(1), .. MadeHdf.Long(32 + Length), .. MadeHdf.Short(1), .. MadeHdf.Short(1), .. MadeHdf.Int(0), .. MadeHdf.Long(Length), .. new byte[Length]]);
        byte[] reference = [.. MadeHdf.Int(Length), .. MadeHdf.Long(collection), .. MadeHdf.Int(1)];
        byte[] body = [1, 0, .. MadeHdf.Short(2), .. MadeHdf.Short(MadeHdf.Text.Length), .. MadeHdf.Short(16), (byte)'a', 0, 0, 0, 0, 0, 0, 0, .. Padded(MadeHdf.Text), .. MadeHdf.Space(Elements), .. Enumerable.Repeat(reference, Elements).SelectMany(part => part)];

        var refusal = Refusal(made.WithRoot(made.AddObject((MadeHdf.Attribute, body))), hdf => hdf.Root.TextsOf("a"));

        Assert.Contains("more text than the file", refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] Padded(byte[] piece) => [.. piece, .. new byte[((piece.Length + 7) & ~7) - piece.Length]];

    // Never more memory than a small file is worth.
    private static FlamaException Refusal(byte[] file, Action<HdfFile> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Assert.Throws<FlamaException>(() => read(HdfFile.Open(file, "made.h5")));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
        return refusal;
    }
}
