namespace Flama.Pickle.Tests;

public sealed class OpcodeTests
{
    [Theory]
    [InlineData("N.", "None")]
    [InlineData("\u0088.", "True")]
    [InlineData("\u0089.", "False")]
    [InlineData("K\u00FF.", "255")]
    [InlineData("M\u0001\u0002.", "513")]
    [InlineData("J\u00FE\u00FF\u00FF\u00FF.", "-2")]
    [InlineData("\u008A\u0000.", "0")]
    [InlineData("\u008A\u0001\u00FF.", "-1")]
    [InlineData("\u008A\u0002\u00FF\u0000.", "255")]
    [InlineData("\u008A\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080.", "-9223372036854775808")]
    [InlineData("\u008A\u0009\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080\u0000.", "big 9223372036854775808")]
    [InlineData("\u008A\u0009\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000.", "1")]
    [InlineData("\u008B\u0001\u0000\u0000\u0000\u0007.", "7")]
    [InlineData("G?\u00F8\u0000\u0000\u0000\u0000\u0000\u0000.", "1.5")]
    [InlineData("X\u0003\u0000\u0000\u0000abc.", "'abc'")]
    [InlineData("\u008C\u0002\u00C3\u00A9.", "'é'")]
    [InlineData("\u008D\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000a.", "'a'")]
    [InlineData("T\u0002\u0000\u0000\u0000a\u00E9.", "'aé'")]
    [InlineData("U\u0001\u00FF.", "'ÿ'")]
    [InlineData("C\u0002\u0000\u00FF.", "b'00FF'")]
    [InlineData("B\u0001\u0000\u0000\u0000\u0001.", "b'01'")]
    [InlineData("\u008E\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0002.", "b'02'")]
    [InlineData("\u0096\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0003.", "b'03'")]
    public void Read_BinaryScalar_GivesValue(string pickle, string expected)
    {
        var value = PickleBytes.Read(pickle);

        Assert.Equal(expected, PickleValue.Show(value));
    }

    [Theory]
    [InlineData("I12\n.", "12")]
    [InlineData("I-7\n.", "-7")]
    [InlineData("I01\n.", "True")]
    [InlineData("I00\n.", "False")]
    [InlineData("I9223372036854775808\n.", "big 9223372036854775808")]
    [InlineData("L12L\n.", "12")]
    [InlineData("L-12\n.", "-12")]
    [InlineData("L123456789012345678901234567890L\n.", "big 123456789012345678901234567890")]
    [InlineData("F-1.5e3\n.", "-1500.0")]
    [InlineData("Finf\n.", "Infinity")]
    [InlineData("F-inf\n.", "-Infinity")]
    [InlineData("Fnan\n.", "NaN")]
    [InlineData("S'a\\x41\\n\\'\\\\\\101\\q'\n.", "'aA\n'\\A\\q'")]
    [InlineData("S\"it's\"\n.", "'it's'")]
    [InlineData("Va\\u00e9\\U0001F600\\\\u0041\u00E9\\\n.", "'aé\U0001F600\\\\u0041é\\'")]
    [InlineData("(I1\nI2\nt.", "(1, 2)")]
    [InlineData("(lp0\nI1\naI2\na.", "[1, 2]")]
    [InlineData("(I1\nI2\nl.", "[1, 2]")]
    [InlineData("(dp0\nS'a'\nI1\ns.", "{'a': 1}")]
    [InlineData("(S'a'\nI1\nS'b'\nI2\nd.", "{'a': 1, 'b': 2}")]
    public void Read_TextOpcode_GivesValue(string pickle, string expected)
    {
        var value = PickleBytes.Read(pickle);

        Assert.Equal(expected, PickleValue.Show(value));
    }

    [Theory]
    [InlineData(").", "()")]
    [InlineData("K\u0001\u0085.", "(1)")]
    [InlineData("K\u0001K\u0002\u0086.", "(1, 2)")]
    [InlineData("K\u0001K\u0002K\u0003\u0087.", "(1, 2, 3)")]
    [InlineData("(t.", "()")]
    [InlineData("].", "[]")]
    [InlineData("]K\u0001a.", "[1]")]
    [InlineData("](K\u0001K\u0002e(K\u0003e.", "[1, 2, 3]")]
    [InlineData("}.", "{}")]
    [InlineData("}K\u0001K\u0002s.", "{1: 2}")]
    [InlineData("}(NK\u0001\u0088K\u0002)K\u0003u.", "{None: 1, True: 2, (): 3}")]
    [InlineData("}(K\u0001K\u0002K\u0001K\u0003u.", "{1: 3}")]
    [InlineData("\u008F.", "{}")]
    [InlineData("\u008F(K\u0001K\u0002\u0090.", "{1, 2}")]
    [InlineData("(K\u0001K\u0002\u0091.", "{1, 2}")]
    [InlineData("C\u0001a\u0085.", "(b'61')")]
    public void Read_Container_GivesItems(string pickle, string expected)
    {
        var value = PickleBytes.Read(pickle);

        Assert.Equal(expected, PickleValue.Show(value));
    }

    [Theory]
    [InlineData("K\u0001K\u00020.", "1")]
    [InlineData("K\u0001(K\u0002K\u00031.", "1")]
    [InlineData("K\u0001(0.", "1")]
    [InlineData("K\u00012\u0086.", "(1, 1)")]
    [InlineData("K\u0005\u00940h\u0000.", "5")]
    [InlineData("K\u0005q\u00070h\u0007.", "5")]
    [InlineData("K\u0005r\u00FF\u00FF\u00FF\u00FF0j\u00FF\u00FF\u00FF\u00FF.", "5")]
    [InlineData("K\u0001p9\n0K\u0002q\u00000K\u0003\u00940h\u0000h\u0009h\u0002\u0087.", "(2, 1, 3)")]
    [InlineData("K\u0001q\u0000K\u0002q\u000000h\u0000.", "2")]
    [InlineData("\u0080\u0002N.", "None")]
    [InlineData("\u0080\u0005\u0095\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000N.", "None")]
    [InlineData("N.trailing", "None")]
    public void Read_StackAndMemoOpcode_GivesValue(string pickle, string expected)
    {
        var value = PickleBytes.Read(pickle);

        Assert.Equal(expected, PickleValue.Show(value));
    }

    [Fact]
    public void Read_MemoUsedTwice_SharesTheObject()
    {
        var list = Assert.IsAssignableFrom<List<object?>>(PickleBytes.Read("](]\u0094h\u0000e."));

        Assert.Same(list[0], list[1]);
    }

    [Fact]
    public void Read_ListInItself_KeepsTheCycle()
    {
        var list = Assert.IsAssignableFrom<List<object?>>(PickleBytes.Read("]\u0094h\u0000a."));

        Assert.Same(list, list[0]);
    }

    [Fact]
    public void Read_LoneSurrogate_KeepsIt()
    {
        var text = Assert.IsType<string>(PickleBytes.Read("\u008C\u0005a\u00ED\u00A0\u0080b."));

        Assert.Equal(['a', '\uD800', 'b'], text.ToCharArray());
    }

    [Fact]
    public void Read_LongBytesInTupleAndList_GivesTheSameArray()
    {
        var data = Enumerable.Range(0, 200).Select(value => (byte)value).ToArray();
        var pickle = new PickleBytes().Op("](").BytesValue(data).Op("\u0094h\u0000h\u0000\u0085\u0085e.").ToArray();

        var list = (List<object?>)PickleReader.Read(pickle)!;

        var bytes = Assert.IsType<byte[]>(list[0]);
        Assert.Equal(data, bytes);
        Assert.Same(bytes, list[1]);
        Assert.Same(bytes, ((PickleTuple)((PickleTuple)list[2]!)[0]!)[0]);
    }

    [Fact]
    public void Read_LongBytesAlone_GivesArray()
    {
        var data = new byte[100];

        var value = PickleReader.Read(new PickleBytes().BytesValue(data).Op(".").ToArray());

        Assert.Equal(data, Assert.IsType<byte[]>(value));
    }
}
