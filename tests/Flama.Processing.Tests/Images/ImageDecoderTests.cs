using Flama.Processing.Images;

namespace Flama.Processing.Tests.Images;

/// <summary>Pixels are those of Pillow (libjpeg-turbo), each of them.</summary>
public sealed class ImageDecoderTests
{
    private const long Most = 1 << 20;

    public static TheoryData<string> Pictures() => [.. PillowFixtures.Names(".jpg").Concat(PillowFixtures.Names(".png"))];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Decode_Picture_HasThePixelsOfPillow(string name)
    {
        var size = PillowFixtures.SizeOf(name);

        var (image, orientation) = ImageDecoder.Decode(PillowFixtures.Read(name), Most, TestContext.Current.CancellationToken);

        using var turned = ColorModes.Convert(ExifOrientation.Turn(image, orientation), size[2] == 1 ? ColorMode.L : ColorMode.Rgb);
        Assert.Equal((size[0], size[1], size[2]), (turned.Width, turned.Height, turned.Channels));
        Assert.Equal(PillowFixtures.Read($"{name}.pixels"), turned.Pixels.ToArray());
    }

    [Theory]
    [InlineData("GIF89a", "The image is a GIF, which is not read; send a PNG, or a JPEG of 8 bits per channel.")]
    [InlineData("RIFF....WEBPVP8 ", "The image is a WebP, which is not read; send a PNG, or a JPEG of 8 bits per channel.")]
    [InlineData("hello", "The image is neither a PNG nor a JPEG, by its first bytes; send one of these.")]
    [InlineData("", "The image is empty; send a PNG or a JPEG.")]
    public void Decode_AnotherFormat_IsRefusedByName(string file, string message)
    {
        var failure = Assert.Throws<FlamaException>(() => Decode(System.Text.Encoding.Latin1.GetBytes(file)));

        Assert.Equal(message, failure.Message);
        Assert.Equal(ErrorCodes.InvalidInput, failure.Code);
    }

    [Theory]
    [InlineData("rgb_35x21_s2.jpg")]
    [InlineData("rgb_35x21_s2_p.jpg")]
    [InlineData("RGB_17x13.png")]
    [InlineData("P4_17x13.png")]
    public void Decode_FileThatIsCutOff_IsRefused(string name)
    {
        var file = PillowFixtures.Read(name);

        for (var length = 0; length < file.Length - 20; length += 1 + (length / 50))
        {
            var failure = Assert.Throws<FlamaException>(() => Decode(file[..length]));
            Assert.Equal(ErrorCodes.InvalidInput, failure.Code);
        }
    }

    [Fact]
    public void Decode_BombOfAPng_IsRefusedByItsHeader()
    {
        var file = PillowFixtures.Read("RGB_17x13.png");
        file[16] = file[20] = 0;
        file[18] = file[22] = 0xFF;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(file.AsSpan(12, 17)));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<FlamaException>(() => Decode(file));

        Assert.Equal("The image has 65297 × 65293 pixels; at most 1048576 pixels are decoded.", failure.Message);
        Assert.Equal(ErrorCodes.InputTooLarge, failure.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Decode_BombOfAJpeg_IsRefusedByItsHeader()
    {
        var file = PillowFixtures.Read("rgb_35x21_s2.jpg");
        var header = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        file.AsSpan(header + 5, 4).Fill(0xFF);

        var failure = Assert.Throws<FlamaException>(() => Decode(file));

        Assert.Equal("The image has 65535 × 65535 pixels; at most 1048576 pixels are decoded.", failure.Message);
    }

    [Fact]
    public void Decode_MutatedFiles_AreDecodedOrRefused()
    {
        Random random = new(13);
        string[] names = [.. PillowFixtures.Names(".jpg").Concat(PillowFixtures.Names(".png"))];
        var files = names.Select(PillowFixtures.Read).ToArray();

        for (var i = 0; i < 20_000; i++)
        {
            var file = (byte[])files[i % files.Length].Clone();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            FixChecks(file);
            try
            {
                Decode(file);
            }
            catch (FlamaException failure) when (failure.Code == ErrorCodes.InvalidInput || failure.Code == ErrorCodes.InputTooLarge)
            {
                // As it should be.
            }
        }
    }

    private static void Decode(byte[] file) => ImageDecoder.Decode(file, Most, TestContext.Current.CancellationToken).Image.Dispose();

    // Else every change of a PNG ends at a check sum.
    private static void FixChecks(byte[] file)
    {
        if (file is not [0x89, ..])
        {
            return;
        }

        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
            {
                return;
            }

            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), System.IO.Hashing.Crc32.HashToUInt32(file.AsSpan(at + 4, 4 + (int)length)));
            at += 12 + (int)length;
        }
    }
}
