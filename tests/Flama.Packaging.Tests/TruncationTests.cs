using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

public sealed class TruncationTests
{
    public static TheoryData<string> Packages() =>
        [.. Fixtures.List("flm", "xor__*__sk1.4.2.flm"), .. Fixtures.List("flm", "bundle_*.flm")];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Open_FileCutAnywhere_SaysThatItIsTruncatedOrDamaged(string path)
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf(path));
        int[] cuts = [.. Enumerable.Range(1, 64), .. Enumerable.Range(1, 60).Select(i => bytes.Length * i / 61), bytes.Length - 1];

        foreach (var cut in cuts)
        {
            var exception = Record.Exception(() => Opening.ReadAll(bytes[..cut]));

            var failure = Assert.IsType<FlamaException>(exception);
            Assert.Contains(failure.Code, new[] { ErrorCodes.Truncated, ErrorCodes.Corrupt, ErrorCodes.NotAModel });
            Assert.True(cut < 8 || failure.Code != ErrorCodes.NotAModel, $"{cut} of {bytes.Length}: {failure.Message}");
        }
    }

    public static TheoryData<string> BinaryPackages() =>
        [.. Packages().Select(row => row.Data).Where(path => FixtureName.Parse(path).Generation >= PackageGeneration.Protocol1)];

    [Theory]
    [MemberData(nameof(BinaryPackages))]
    public void Open_FileWithBytesBehind_IsTheSamePackage(string path)
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf(path));
        using var package = Opening.Open(bytes);

        using var longer = Opening.Open([.. bytes, .. new byte[100]]);

        Assert.True(package.ReadModel().Payload.ReadAll().Span.SequenceEqual(longer.ReadModel().Payload.ReadAll().Span));
    }

    // 1.12 reads as many bytes as the header says, 2.x does not look at the number; the sections tell.
    [Theory]
    [InlineData("flm/xor__g3-v2.1.0-p1__zlib__sk1.4.2.flm")]
    [InlineData("flm/xor__g3-v2.1.0-p2__zlib__sk1.4.2.flm")]
    public void Open_WrongBodySize_DoesNotMatter(string path)
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf(path));
        bytes.AsSpan(8, 8).Fill(0xFF);

        using var package = Opening.Open(bytes);

        Assert.Equal(35297, package.ReadModel().Payload.Length);
    }
}
