namespace Flama.Compression.Tests;

public sealed class FuzzTests
{
    private const int Mutations = 3_000;
    private const int RandomInputs = 500;

    private static readonly DecompressionLimits Limits = DecompressionLimits.Default with
    {
        MaxOutputBytes = 1 << 18,
        MaxWindowBytes = 1 << 20,
    };

    [Theory]
    [InlineData("zlib", "short.9.zlib", "random.6.zlib")]
    [InlineData("gzip", "empty.gz", "short.garbage.gz")]
    [InlineData("bz2", "short.garbage.bz2", "text.1.bz2")]
    [InlineData("xz", "short.xz", "random.xz", "short+one+empty.padded.xz", "random+text+random.xz")]
    [InlineData("lzma", "one.xz.lzma", "text.size-and-marker.lzma", "text.size-only.lzma", "zeros.xz.lzma")]
    [InlineData("zstd", "short.zst", "letters.zst", "records.zst", "zeros.pipe.zst", "short+text+empty.frames.zst", "mixed.small-blocks.zst")]
    [InlineData("lz4", "one.lz4", "zeros.lz4", "letters.B4-BD-BX-size.lz4", "text.12-nocrc.lz4")]
    public void OpenRead_MutatedInput_SucceedsOrFailsAsCompression(string codec, params string[] files)
    {
        var seeds = files.Select(file => Decompression.Fixture("good", codec, file)).ToArray();
        var generator = new Generator(20_240_601);
        var failures = 0;

        for (var i = 0; i < Mutations; i++)
        {
            failures += Survives(codec, Mutate(seeds[i % seeds.Length], generator)) ? 0 : 1;
        }

        Assert.InRange(failures, Mutations / 4, Mutations);
    }

    [Theory]
    [InlineData("zlib", "short.9.zlib", 2)]
    [InlineData("gzip", "text.gz", 10)]
    [InlineData("bz2", "short.garbage.bz2", 10)]
    [InlineData("xz", "short.xz", 24)]
    [InlineData("lzma", "text.size-only.lzma", 13)]
    [InlineData("zstd", "short.no-check.zst", 9)]
    [InlineData("lz4", "one.lz4", 7)]
    public void OpenRead_RandomBytesAfterAHeader_SucceedsOrFailsAsCompression(string codec, string file, int headerSize)
    {
        var header = Decompression.Fixture("good", codec, file)[..headerSize];
        var failures = 0;

        for (var i = 0; i < RandomInputs; i++)
        {
            failures += Survives(codec, [.. header, .. Samples.Random((ulong)i, i)]) ? 0 : 1;
        }

        Assert.InRange(failures, RandomInputs / 2, RandomInputs);
    }

    /// <summary>Whether the input decompresses; fails the test for any error of another type.</summary>
    private static bool Survives(string codec, byte[] input)
    {
        try
        {
            using var stream = CodecTable.Find(codec)!.OpenRead(new MemoryStream(input), Limits);
            stream.CopyTo(Stream.Null);
            return true;
        }
        catch (CompressionException exception)
        {
            // An inner exception says that a decoder did not see the damage itself; only those of other libraries may.
            Assert.True(exception.InnerException is null || codec is "zlib" or "gzip" or "bz2" or "zstd", exception.ToString());
            return false;
        }
    }

    private static byte[] Mutate(byte[] seed, Generator generator)
    {
        var bytes = seed.ToList();
        for (var changes = 1 + generator.Next(3); changes > 0; changes--)
        {
            // Half of the changes hit the headers at the start, where there is most to get wrong.
            var position = generator.Next(generator.Next(2) == 0 ? Math.Min(bytes.Count, 40) : bytes.Count);
            switch (generator.Next(6))
            {
                case 0:
                    bytes[position] ^= (byte)(1 << generator.Next(8));
                    break;
                case 1:
                    bytes[position] = (byte)generator.Next(256);
                    break;
                case 2:
                    bytes[position] = (byte)(generator.Next(2) * 255);
                    break;
                case 3:
                    bytes.InsertRange(position, Samples.Random((ulong)generator.Next(1000), 1 + generator.Next(8)));
                    break;
                case 4 when bytes.Count > 16:
                    bytes.RemoveRange(position / 2, 1 + generator.Next(8));
                    break;
                default:
                    var count = Math.Min(1 + generator.Next(64), bytes.Count - position);
                    bytes.InsertRange(generator.Next(bytes.Count), bytes.GetRange(position, count));
                    break;
            }
        }

        return [.. bytes];
    }
}
