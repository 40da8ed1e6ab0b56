using Apache.Arrow.Ipc;
using Flama.Scoring.Tests.Input;
using Flama.Tests.Tables;

namespace Flama.Scoring.Tests.Tables;

/// <summary>Arrow files and streams that Arrow's own library wrote.</summary>
public sealed class ArrowTests
{
    public static TheoryData<bool, CompressionCodecType?> Forms() => new()
    {
        { true, null }, { false, null }, { true, CompressionCodecType.Zstd }, { false, CompressionCodecType.Lz4Frame },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Read_FileOrStream_GivesTheCells(bool isFile, CompressionCodecType? codec)
    {
        IpcOptions options = new() { CompressionCodec = codec, CompressionCodecFactory = new ArrowCodecs() };
        var bytes = Samples.Table.ToArrow(isFile, options, batchRows: 130);

        Assert.Equal(Samples.Expected, await TableReading.ReadAsync(new MemoryStream(bytes), TableReading.Anything(Samples.Names)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Read_DictionaryOrViews_GiveTheTexts(bool isDictionary, bool isView)
    {
        string?[] texts = ["Rome", null, "a text of more than twelve bytes", "Rome", ""];
        TypedTable table = new(
        [
            new("city", typeof(string), texts) { IsDictionary = isDictionary, IsView = isView },
            new("n", typeof(int), [1, 2, 3, 4, 5]),
        ]);

        var rows = await TableReading.ReadAsync(new MemoryStream(table.ToArrow(isFile: false, batchRows: 3)), TableReading.Anything("city", "n"));

        Assert.Equal("Rome 1|null 2|a text of more than twelve bytes 3|Rome 4| 5", rows);
    }

    [Fact]
    public async Task Read_InPieces_IsTheSame()
    {
        var bytes = Samples.Table.ToArrow(isFile: false);

        Assert.Equal(Samples.Expected, await TableReading.ReadAsync(new PiecewiseStream(bytes, 1000), TableReading.Anything(Samples.Names)));
    }

    [Fact]
    public async Task Open_FirstFeather_IsNamed()
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(
            () => TableReading.ReadAsync(new MemoryStream("FEA1----------------"u8.ToArray()), TableReading.Anything("a")));

        Assert.Equal("The Arrow input cannot be read: it is of the first version of Feather.", failure.Message);
    }
}
