using Flama.Keras.TensorFlow;
using Flama.Keras.TensorFlow.Before;
using Flama.Keras.Tests.Made;

namespace Flama.Keras.Tests.TensorFlow;

/// <summary>Operations that are computed before the graph, with answers as TensorFlow documents them.</summary>
public sealed class HostFunctionTests
{
    [Fact]
    public void StringSplit_AtSpacesAndAtSeparators_DiffersInWhatIsEmpty()
    {
        var spaces = Run("StringSplitV2", [Texts(" a  b ", ""), Text("")]);
        var commas = Run("StringSplitV2", [Texts("a,,b", ""), Text(",")]);

        Assert.Equal(["a", "b"], spaces[1].Texts);
        Assert.Equal([2, 2], spaces[2].Longs);
        Assert.Equal(["a", "", "b", ""], commas[1].Texts);
        Assert.Equal([0, 0, 0, 1, 0, 2, 1, 0], commas[0].Longs);
    }

    [Fact]
    public void StringLower_WithoutEncoding_IsThatOfAscii()
    {
        Assert.Equal(["\u00c9a"], Run("StringLower", [Texts("\u00c9A")])[0].Texts);
        Assert.Equal(["\u00e9a"], Run("StringLower", [Texts("\u00c9A")], ("encoding", MadeGraph.Field(2, "utf-8")))[0].Texts);
    }

    [Theory]
    [InlineData("BYTE", 3, "\u00e9")]
    [InlineData("UTF8_CHAR", 2, "\u00e9x")]
    public void Texts_InBytesOrLetters_AreCountedAndCutByThem(string unit, long length, string part)
    {
        Assert.Equal([length], Run("StringLength", [Texts("\u00e9x")], ("unit", MadeGraph.Field(2, unit)))[0].Longs);
        Assert.Equal([part], Run("Substr", [Texts("\u00e9x"), Number(0), Number(2)], ("unit", MadeGraph.Field(2, unit)))[0].Texts);
    }

    [Theory]
    [InlineData(@"\s+", "a\u00a0b  c", "a\u00a0b_c")]
    [InlineData("[[:punct:]]", "a.b[c", "a_b_c")]
    [InlineData(@"[^\w]", "\u00e9a-", "_a_")]
    public void StaticRegexReplace_HasClassesOfAscii(string pattern, string text, string expected) =>
        Assert.Equal([expected], Run("StaticRegexReplace", [Texts(text)], ("pattern", MadeGraph.Field(2, pattern)), ("rewrite", MadeGraph.Field(2, "_")))[0].Texts);

    [Fact]
    public void StaticRegexReplace_ByGroupsAndDollars_HasThem() =>
        Assert.Equal(["$b-a"], Run("StaticRegexReplace", [Texts("ab")], ("pattern", MadeGraph.Field(2, "(a)(b)")), ("rewrite", MadeGraph.Field(2, @"$\2-\1")))[0].Texts);

    [Fact]
    public void Pattern_ThatNeedsBacktracking_IsRefused() => Assert.Equal(ErrorCodes.UnsupportedFormat, Assert.Throws<FlamaException>(() => TensorFlowRegex.Of(@"(a)\1", isWhole: false)).Code);

    [Fact]
    public void StringNGrams_OfRows_AreJoinedWithinThem()
    {
        var made = Run("StringNGrams", [Texts("a", "b", "c"), Longs(0, 2, 3)], ("separator", MadeGraph.Field(2, " ")), ("ngram_widths", List(3, 1, 2)), ("pad_width", MadeGraph.Field(3, 0)));

        Assert.Equal(["a", "b", "a b", "c"], made[0].Texts);
        Assert.Equal([0, 3, 4], made[1].Longs);
    }

    [Fact]
    public void Unique_IsInTheOrderOfComing()
    {
        var made = Run("Unique", [Texts("b", "a", "b")]);

        Assert.Equal(["b", "a"], made[0].Texts);
        Assert.Equal([0, 1, 0], made[1].Longs);
    }

    [Fact]
    public void SparseFillEmptyRows_GivesEachRowAValue()
    {
        var made = Run("SparseFillEmptyRows", [Longs(0, 0, 2, 1).In(2, 2), Longs(5, 6), Longs(3, 2), Number(9)]);

        Assert.Equal([0, 0, 1, 0, 2, 1], made[0].Longs);
        Assert.Equal([5, 9, 6], made[1].Longs);
        Assert.Equal([0, 1, 0], made[2].Longs);
        Assert.Equal([0, 2], made[3].Longs);
    }

    [Fact]
    public void RaggedTensorToTensor_OfRows_IsFilledToTheLongest()
    {
        var made = Run("RaggedTensorToTensor", [Longs(-1, -1), Longs(1, 2, 3), Number(0), Longs(0, 2, 2, 3)], ("row_partition_types", MadeGraph.Field(1, MadeGraph.Field(2, "ROW_SPLITS"))));

        Assert.Equal([3, 2], made[0].Shape);
        Assert.Equal([1, 2, 0, 0, 3, 0], made[0].Longs);
    }

    [Theory]
    [InlineData(3, 0, -1, new long[] { 3, 2, 1 })]
    [InlineData(-1, -9, -2, new long[] { 4, 2, 0 })]
    [InlineData(1, 9, 2, new long[] { 1, 3 })]
    public void StridedSlice_Backwards_IsThatOfPython(long begin, long end, long step, long[] expected) =>
        Assert.Equal(expected, Run("StridedSlice", [Longs(0, 1, 2, 3, 4), Longs(begin), Longs(end), Longs(step)])[0].Longs);

    [Fact]
    public void FloorDiv_OfNegativeNumbers_IsBelow() => Assert.Equal([-4, 3], Run("FloorDiv", [Longs(-7, 7), Longs(2, 2)])[0].Longs);

    private static HostTensor Texts(params string[] texts) => HostTensor.Of(texts, texts.Length);

    private static HostTensor Text(string text) => HostTensor.Of([text]);

    private static HostTensor Longs(params long[] numbers) => HostTensor.Of(ElementType.Int64, numbers, numbers.Length);

    private static HostTensor Number(long number) => HostTensor.Of(ElementType.Int64, [number]);

    private static byte[] List(int field, params long[] numbers) => MadeGraph.Field(1, [.. numbers.SelectMany(number => MadeGraph.Field(field, number))]);

    private static HostTensor[] Run(string op, HostTensor[] inputs, params (string Name, byte[] Value)[] attributes) =>
        HostFunctions.Find(op)!(SavedGraph.ReadGraph(MadeGraph.Graph(MadeGraph.Node("node", op, [], attributes)), "made.pb").Nodes["node"], inputs);
}
