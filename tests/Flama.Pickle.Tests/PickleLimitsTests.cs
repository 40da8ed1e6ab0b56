using Flama.Compression;
using Flama.Sklearn;

namespace Flama.Pickle.Tests;

public sealed class PickleLimitsTests
{
    [Theory]
    [InlineData("]", "a")]
    [InlineData("(", "t")]
    [InlineData("(", "l")]
    [InlineData("N", "\u0085")]
    [InlineData("}K\u0001", "s")]
    [InlineData("\u008F(", "\u0090")]
    [InlineData("(", "\u0091")]
    [InlineData("csklearn.a\nB\n)\u0081", "b")]
    [InlineData("csklearn.a\nB\n", "\u0085\u0081")]
    public void Read_ContainersNestedAtTheLimit_ReadsThemAndNoDeeper(string open, string close)
    {
        var opens = close == "\u0085" ? 1 : int.MaxValue;
        var limits = new PickleLimits { MaxDepth = 50 };

        Assert.NotNull(Nest(20));
        var exception = Assert.Throws<PickleException>(() => Nest(60));

        Assert.Equal(PickleErrorCode.LimitExceeded, exception.Code);
        Assert.Contains("50", exception.Message, StringComparison.Ordinal);

        object? Nest(int depth) => PickleBytes.Read(
            string.Concat(Enumerable.Repeat(open, Math.Min(depth, opens))) + (close is "\u0090" or "\u0091" ? ")" : "]") + string.Concat(Enumerable.Repeat(close, depth)) + ".", limits, SklearnGlobals.Table);
    }

    [Fact]
    public void Read_ListsNestedFromTheTop_AreMeasuredAtTheEnd()
    {
        // Each list goes into the one before it while it is still empty, so that no list is deep when it is put away.
        var pickle = new PickleBytes().Op("]\u0094");
        for (var i = 0; i < 1500; i++)
        {
            pickle.Op("]\u0094a").Op($"g{i + 1}\n");
        }

        var nested = pickle.Op("0" + string.Concat(Enumerable.Repeat("0", 1498)) + ".").ToArray();
        var limits = new PickleLimits { MaxDepth = 2000 };

        Assert.Equal(PickleErrorCode.LimitExceeded, Assert.Throws<PickleException>(() => PickleReader.Read(nested)).Code);
        Assert.NotNull(PickleReader.Read(nested, limits));
    }

    [Fact]
    public void Read_ObjectsThatHoldOneAnother_AreNoDeepStructure()
    {
        // a.state = [b], b.state = [a]
        const string Pickle = "csklearn.a\nB\n)\u0081\u0094](csklearn.a\nB\n)\u0081](h\u0000ebeb.";

        var first = Assert.IsType<PickleObject>(PickleBytes.Read(Pickle, new PickleLimits { MaxDepth = 10 }, SklearnGlobals.Table));

        var second = Assert.IsType<PickleObject>(((List<object?>)first.State!)[0]);
        Assert.Same(first, ((List<object?>)second.State!)[0]);
    }

    [Fact]
    public void Read_KeyOfNestedTuples_ThrowsLimitExceeded()
    {
        var deep = "}N" + string.Concat(Enumerable.Repeat("2\u0086", 40)) + "K\u0001s.";
        var shallow = "}N" + string.Concat(Enumerable.Repeat("2\u0086", 20)) + "K\u0001s.";

        Assert.NotNull(PickleBytes.Read(shallow));
        Assert.Equal(PickleErrorCode.LimitExceeded, Assert.Throws<PickleException>(() => PickleBytes.Read(deep)).Code);
    }

    [Theory]
    [InlineData("](K\u0001K\u0002K\u0003K\u0004K\u0005K\u0006e.")]
    [InlineData("(NN\u0086NN\u0086NN\u0086NN\u0086NN\u0086NN\u0086t.")]
    public void Read_MoreValuesThanTheLimit_ThrowsLimitExceeded(string pickle)
    {
        var limits = new PickleLimits { MaxObjects = 5 };

        Assert.NotNull(PickleBytes.Read(pickle));
        Assert.Equal(PickleErrorCode.LimitExceeded, Assert.Throws<PickleException>(() => PickleBytes.Read(pickle, limits)).Code);
    }

    [Fact]
    public void Read_MoreMemoEntriesThanTheLimit_ThrowsLimitExceeded()
    {
        var limits = new PickleLimits { MaxMemo = 2 };

        Assert.Equal(PickleErrorCode.LimitExceeded, Assert.Throws<PickleException>(() => PickleBytes.Read("N\u0094\u0094\u0094.", limits)).Code);
    }

    [Theory]
    [InlineData("L1234567890123L\n.")]
    [InlineData("I1234567890123\n.")]
    [InlineData("\u008A\u00091234567890.")]
    public void Read_IntegerLongerThanTheLimit_ThrowsLimitExceeded(string pickle)
    {
        var limits = new PickleLimits { MaxIntegerDigits = 10 };

        Assert.Equal(PickleErrorCode.LimitExceeded, Assert.Throws<PickleException>(() => PickleBytes.Read(pickle, limits)).Code);
    }

    [Theory]
    [InlineData("X", "c_codecs\nencode\nh\u0000X\u0006\u0000\u0000\u0000latin1\u0086R")]
    [InlineData("B", "h\u00000")]
    [InlineData("L", "cbuiltins\nset\nh\u0000\u0085R")]
    [InlineData("L", "ccollections\nOrderedDict\nh\u0000\u0085R")]
    public void Read_CopiesOfOneValueOverAndOver_StayWithinTheBudget(string kind, string copy)
    {
        const int Size = 100_000;
        var pickle = new PickleBytes().Op("(");
        _ = kind switch
        {
            "X" => pickle.Text(new string('a', Size)).Op("\u0094"),
            "B" => pickle.BytesValue(new byte[Size]).Op("\u0094"),
            _ => pickle.Op("](" + string.Concat(Enumerable.Repeat("NN\u0086", Size / 4)) + "e\u0094"),
        };
        for (var i = 0; i < 2000; i++)
        {
            pickle.Op(copy);
        }

        var bytes = pickle.Op("l.").ToArray();
        var limits = new PickleLimits { RatioFreeBytes = 1 << 20, MaxRatio = 30 };
        var before = GC.GetAllocatedBytesForCurrentThread();

        var exception = Record.Exception(() => PickleReader.Read(bytes, limits));

        Assert.Equal(kind == "B" ? null : PickleErrorCode.LimitExceeded, (exception as PickleException)?.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32L << 20);
    }

    [Fact]
    public void Read_CompressedBeyondTheLimit_ThrowsLimitExceeded()
    {
        var plain = new PickleBytes().BytesValue(new byte[1 << 20]).Op(".").ToArray();
        using var memory = new MemoryStream();
        using (var gzip = CodecTable.Find("gzip")!.OpenWrite(memory))
        {
            gzip.Write(plain);
        }

        var limits = new PickleLimits { Decompression = new DecompressionLimits { MaxOutputBytes = 1 << 19 } };

        Assert.Equal(1 << 20, Assert.IsType<byte[]>(PickleReader.Read(memory.ToArray())).Length);
        Assert.Equal(PickleErrorCode.LimitExceeded, Assert.Throws<PickleException>(() => PickleReader.Read(memory.ToArray(), limits)).Code);
    }
}
