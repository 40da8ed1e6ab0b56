using Flama.Processing.Images;

namespace Flama.Processing.Tests.Images;

/// <summary>Pictures in other sizes are those of Pillow's <c>Image.resize</c>, pixel by pixel.</summary>
public sealed class ResamplerTests
{
    public static TheoryData<string> Sizes() => [.. PillowFixtures.Names(".pixels").Where(name => name.StartsWith("resize/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Resize_Picture_HasThePixelsOfPillow(string name)
    {
        var parts = Path.GetFileNameWithoutExtension(name).Split('_');
        var size = parts[^1].Split('x').Select(int.Parse).ToArray();
        var base_ = ImageDecoder.Decode(PillowFixtures.Read("base.png"), 1 << 20, TestContext.Current.CancellationToken).Image;
        var image = ColorModes.Convert(base_, parts.Length == 3 ? ColorMode.L : ColorMode.Rgb);

        using var resized = Resampler.Resize(image, size[0], size[1], Enum.Parse<ImageFilter>(parts[0], ignoreCase: true), antialias: true, TestContext.Current.CancellationToken);

        Assert.Equal(PillowFixtures.Read(name), resized.Pixels.ToArray());
    }

    [Fact]
    public void Resize_WithoutAntialias_LooksAtTheNearestPixelsOnly()
    {
        // Four pixels to two: centres at 0.5 and 2.5, in the middle of two pixels each; with antialias each of four counts.
        var image = PixelImage.Rent(8, 1, 1);
        ((ReadOnlySpan<byte>)[0, 0, 0, 100, 200, 0, 0, 0]).CopyTo(image.Pixels);

        using var resized = Resampler.Resize(image, 2, 1, ImageFilter.Bilinear, antialias: false, TestContext.Current.CancellationToken);

        // Centres 2 and 6: pixels 1 and 2, and 5 and 6, half each.
        Assert.Equal([0, 0], resized.Pixels.ToArray());
    }

    [Theory]
    [InlineData(false, 6, 2, 2)]
    [InlineData(false, 7, 4, 2)]
    [InlineData(true, 7, 4, 1)]
    [InlineData(false, 9, 4, 2)]
    public void Cut_OddDifference_RoundsAsTheLibrary(bool roundsDown, int from, int to, int first)
    {
        var image = PixelImage.Rent(from, 1, 1);
        for (var i = 0; i < from; i++)
        {
            image.Pixels[i] = (byte)i;
        }

        using var cut = CenterCrop.Cut(image, to, 1, roundsDown);

        Assert.Equal(first, cut.Pixels[0]);
    }

    [Theory]
    [InlineData(false, new byte[] { 0, 1, 2, 3, 0, 0 })]
    [InlineData(true, new byte[] { 0, 0, 1, 2, 3, 0 })]
    public void Cut_SmallerPicture_GetsABlackBorder(bool roundsDown, byte[] expected)
    {
        var image = PixelImage.Rent(3, 1, 1);
        ((ReadOnlySpan<byte>)[1, 2, 3]).CopyTo(image.Pixels);

        using var cut = CenterCrop.Cut(image, 6, 1, roundsDown);

        Assert.Equal(expected, cut.Pixels.ToArray());
    }
}
