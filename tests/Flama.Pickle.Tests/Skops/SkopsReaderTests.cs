using System.IO.Compression;
using Flama.Pickle.Skops;

namespace Flama.Pickle.Tests.Skops;

public sealed class SkopsReaderTests
{
    [Fact]
    public void Read_TextThatIsNotUtf8_IsCorrupt() => Check([.. "{\"__loader__\":\""u8, 0xFF, .. "\"}"u8]);

    [Fact]
    public void Read_HalfOfASurrogatePair_IsCorrupt() => Check("""{"__loader__":"\ud800"}"""u8.ToArray());

    private static void Check(byte[] schema)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("schema.json").Open())
        {
            entry.Write(schema);
        }

        var error = Assert.Throws<PickleException>(() => SkopsReader.Read(file.ToArray()));

        Assert.Equal(PickleErrorCode.Corrupt, error.Code);
        Assert.Contains("surrogate pair", error.Message, StringComparison.Ordinal);
    }
}
