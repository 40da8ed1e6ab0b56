namespace Flama.Pickle.Tests;

public sealed class CorruptStreamTests
{
    [Theory]
    [InlineData("\u0080\u00040.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004N(0(.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004N(\u0085.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004t.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u00041.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004(K\u0001d.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004)(K\u0001\u0090.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004)K\u0001K\u0002s.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004}}K\u0001s.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004Nb.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004g-1\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004gx\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004h\u0000.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004I1x\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004I\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004L--1L\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004F1,5\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004F\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004S'a\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004S'\\x4'\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004S'\\'\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004V\\u12\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004V\\UFFFFFFFF\n.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004\u008C\u0001\u00FF.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004\u00FE.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004(o.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004N)R.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004NNR.", PickleErrorCode.Corrupt)]
    [InlineData("\u0080\u0004N\u0098.", PickleErrorCode.UnsupportedOpcode)]
    [InlineData("\u0080\u0006N.", PickleErrorCode.UnsupportedProtocol)]
    [InlineData("\u0080\u0004N", PickleErrorCode.Truncated)]
    [InlineData("\u0080", PickleErrorCode.Truncated)]
    [InlineData("J\u0001\u0001", PickleErrorCode.Truncated)]
    [InlineData("\u008C\u0005abc", PickleErrorCode.Truncated)]
    [InlineData("I12", PickleErrorCode.Truncated)]
    [InlineData("G?", PickleErrorCode.Truncated)]
    [InlineData("", PickleErrorCode.Truncated)]
    [InlineData(".", PickleErrorCode.Corrupt)]
    [InlineData("model = 1", PickleErrorCode.NotAPickle)]
    [InlineData("class Model:\n    pass\n", PickleErrorCode.NotAPickle)]
    [InlineData("{\"a\": 1}", PickleErrorCode.NotAPickle)]
    [InlineData("PK\u0003\u0004abc", PickleErrorCode.NotAPickle)]
    [InlineData("<html>", PickleErrorCode.NotAPickle)]
    [InlineData("ZF0x0000000000000000001", PickleErrorCode.NotAPickle)]
    public void Read_DamagedStream_ThrowsWithCode(string pickle, string code)
    {
        var exception = Assert.Throws<PickleException>(() => PickleBytes.Read(pickle));

        Assert.Equal(code, exception.Code);
    }

    [Fact]
    public void Read_UnknownOpcode_NamesByteAndPlace()
    {
        var exception = Assert.Throws<PickleException>(() => PickleBytes.Read("\u0080\u0004N\u00FE."));

        Assert.Equal("The pickle is damaged at byte 3: 0xFE is not an opcode.", exception.Message);
        Assert.Equal(3, exception.Offset);
        Assert.NotNull(exception.Remedy);
    }

    [Fact]
    public void Read_EveryPrefixOfAModel_ThrowsTruncatedOrCorrupt()
    {
        var whole = HostileArchive.Read("k01_scaler_protocol0.pkl");

        for (var length = 0; length < whole.Length; length++)
        {
            var exception = Assert.Throws<PickleException>(() => PickleReader.Read(whole.AsMemory(0, length), null, Sklearn.SklearnGlobals.Table));

            Assert.True(exception.Code is PickleErrorCode.Truncated or PickleErrorCode.Corrupt or PickleErrorCode.DisallowedGlobal, exception.Message);
        }
    }
}
