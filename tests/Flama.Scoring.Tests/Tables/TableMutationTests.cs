using Apache.Arrow.Ipc;
using Flama.Scoring.Columns;
using Flama.Tests.Tables;
using Parquet;

namespace Flama.Scoring.Tests.Tables;

/// <summary>Damaged files: each is read or refused by a typed error, in bounded memory.</summary>
public sealed class TableMutationTests
{
    private const int Mutants = 300;
    private const long MostBytes = 400L << 20;

    [Theory]
    [InlineData(CompressionMethod.None, EncodingHint.Default)]
    [InlineData(CompressionMethod.Snappy, EncodingHint.Dictionary)]
    [InlineData(CompressionMethod.Zstd, EncodingHint.DeltaBinaryPacked)]
    [InlineData(CompressionMethod.Lz4Raw, EncodingHint.ByteSplitStream)]
    public async Task Parquet_Mutated_IsReadOrRefused(CompressionMethod compression, EncodingHint encoding)
    {
        ParquetOptions options = new() { CompressionMethod = compression };
        options.ColumnEncodingHints[encoding == EncodingHint.Dictionary ? "city" : encoding == EncodingHint.ByteSplitStream ? "x" : "id"] = encoding;

        await CheckAsync(await Samples.Table.ToParquetAsync(options));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, CompressionCodecType.Lz4Frame)]
    [InlineData(false, CompressionCodecType.Zstd)]
    public Task Arrow_Mutated_IsReadOrRefused(bool isFile, CompressionCodecType? codec) =>
        CheckAsync(Samples.Table.ToArrow(isFile, new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = new ArrowCodecs() }));

    [Fact]
    public Task ArrowDictionary_Mutated_IsReadOrRefused() =>
        CheckAsync(new TypedTable([.. Samples.Table.Columns.Select(column => column with { IsDictionary = true })]).ToArrow(isFile: false));

    [Fact]
    public Task ArrowViews_Mutated_IsReadOrRefused() =>
        CheckAsync(new TypedTable([.. Samples.Table.Columns.Select(column => column with { IsView = true })]).ToArrow(isFile: false));

    private static async Task CheckAsync(byte[] good)
    {
        var format = TableFormats.Of(good)!;
        var refused = 0;
        for (var seed = 0; seed < Mutants; seed++)
        {
            var bad = Mutate(good, new Random(seed));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                await TableReading.ReadAsync(format, new MemoryStream(bad), TableReading.Anything(Samples.Names));
            }
            catch (FlamaException)
            {
                refused++;
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"seed {seed}");
        }

        Assert.InRange(refused, Mutants / 20, Mutants);
    }

    // Where the file is described, at both ends, damage does most.
    private static byte[] Mutate(byte[] good, Random random)
    {
        var bad = (byte[])good.Clone();
        var (first, length) = random.Next(4) switch
        {
            0 => (Math.Max(0, good.Length - 1500), Math.Min(1500, good.Length)),
            1 => (0, Math.Min(1500, good.Length)),
            _ => (0, good.Length),
        };
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = first + random.Next(length);
            bad[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => 0xFF,
                _ => (byte)(bad[at] ^ (1 << random.Next(8))),
            };
        }

        return random.Next(10) == 0 ? bad[..random.Next(bad.Length)] : bad;
    }
}
