using System.Text.Json;
using Flama.Packaging.Tests.Raw;

namespace Flama.Packaging.Tests;

/// <summary>JSON as Python writes it, read from packages.</summary>
public sealed class MetadataTextTests
{
    private const string Odd =
        """{"id": "A", "timestamp": "t", "framework": {"lib": "sklearn", "version": "1"}, "model": {"obj": "M", "info": [NaN, Infinity, -Infinity, "NaN", 1e-08]}, "extra": "caf\u00e9 \ud83d\ude00 \ud83d \\ud83d"}""";

    public static TheoryData<byte[]> Files() => [RawPackage.Protocol1(Odd), RawPackage.Protocol2(Odd), RawPackage.Document(Odd), RawPackage.Tar(new RawTarEntry("model"u8.ToArray(), '0', RawPackage.Document(Odd)))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Metadata_OfPython_IsReadWithItsWordsAndEscapes(byte[] file)
    {
        using var package = Opening.Open(file);

        var metadata = package.Metadata!;

        Assert.Equal("[null,null,null,\"NaN\",1e-08]", metadata.Info!.Value.GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("café 😀 \ufffd \\ud83d", metadata.Extra!.Value.GetString());
        Assert.Equal(3, package.ReadModel().Payload.Length);
    }

    [Theory]
    [InlineData("""{"meta": @, "model": "gAQu"}""")]
    [InlineData("""{"model": "gAQ\u0075\n", "other": [1, {"model": 2}], "meta": @}""")]
    [InlineData("""{"model": "gA\tQ\\u\u20ac", "meta": @}""")]
    [InlineData(" {\"model\" :\n\"gAQu\\r\\n\" ,\"meta\" : @ } ")]
    public void Document_WrittenOtherwise_IsTheSame(string document)
    {
        using var package = Opening.Open(RawPackage.Zlib(document.Replace("@", RawPackage.Metadata, StringComparison.Ordinal)));

        Assert.Equal("a", package.Metadata!.Id);
        Assert.Equal([0x80, 4, (byte)'.'], package.ReadModel().Payload.ReadAll().ToArray());
    }

    [Fact]
    public void Document_EscapedSlash_IsPartOfTheAlphabet()
    {
        using var package = Opening.Open(RawPackage.Document(model: "\\/\\/\\/\\u002f"));

        Assert.Equal([0xFF, 0xFF, 0xFF], package.ReadModel().Payload.ReadAll().ToArray());
    }

    [Fact]
    public void Metadata_HalfPairInAKey_CanBeWritten()
    {
        using var package = Opening.Open(RawPackage.Protocol2(RawPackage.Metadata.Replace("\"info\": null", "\"info\": {\"\\udc00\": \"\\udc00\"}", StringComparison.Ordinal)));

        var text = JsonSerializer.Serialize(package.Metadata!.Info!.Value.EnumerateObject().Single().Value.GetString());

        Assert.Equal("\"\\uFFFD\"", text);
    }
}
