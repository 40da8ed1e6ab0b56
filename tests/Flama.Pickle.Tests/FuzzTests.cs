using Flama.Compression;
using Flama.Pickle.Numpy;
using Flama.Pickle.Scipy;
using Flama.Sklearn;

namespace Flama.Pickle.Tests;

public sealed class FuzzTests
{
    private const int MutationsPerFile = 2_500;
    private const long MaxAllocatedBytes = 24L << 20;

    private static readonly PickleLimits Limits = new()
    {
        RatioFreeBytes = 1 << 20,
        Decompression = new DecompressionLimits { MaxOutputBytes = 1 << 20, MaxWindowBytes = 1 << 20 },
    };

    [Theory]
    [InlineData("k01_scaler_protocol0.pkl")]
    [InlineData("k01_scaler_protocol1.pkl")]
    [InlineData("k01_scaler_protocol2.pkl")]
    [InlineData("k01_scaler_protocol4.pkl")]
    [InlineData("k01_scaler_protocol5.pkl")]
    [InlineData("k03_optimized.pkl")]
    [InlineData("k04_fast_no_memo.pkl")]
    [InlineData("k05_joblib_raw.joblib")]
    [InlineData("g06_histgb_cycle.pkl")]
    [InlineData("g10_svc_nsupport.pkl")]
    public void Read_MutatedFile_GivesValueOrTypedError(string file)
    {
        var original = HostileArchive.Read(file);
        var other = HostileArchive.Read("g01_tree_cycle.pkl");
        var random = new Random(original.Length);

        var accepted = 0;
        for (var i = 0; i < MutationsPerFile; i++)
        {
            accepted += Survives(Mutate(original, other, random), $"{file}, mutation {i}") ? 1 : 0;
        }

        // Otherwise the mutations are too coarse to reach anything, or nothing is refused.
        Assert.InRange(accepted, 1, MutationsPerFile - 1);
    }

    [Theory]
    [InlineData("k05_joblib_zlib.joblib")]
    [InlineData("k05_joblib_gzip.joblib")]
    [InlineData("k05_joblib_bz2.joblib")]
    [InlineData("k05_joblib_xz.joblib")]
    [InlineData("k05_joblib_lzma.joblib")]
    [InlineData("k05_joblib_lz4.joblib")]
    public void Read_MutatedCompressedFile_GivesValueOrTypedError(string file)
    {
        var original = HostileArchive.Read(file);
        var random = new Random(original.Length);

        for (var i = 0; i < 300; i++)
        {
            Survives(Mutate(original, original, random), $"{file}, mutation {i}");
        }
    }

    [Fact]
    public void Read_RandomOpcodes_GivesValueOrTypedError()
    {
        const string Opcodes = "(.012FIJKLMNQRSTUVXabcdeghijlopqrstu}])GBC\u0081\u0085\u0086\u0087\u0088\u0089\u008A\u008C\u008F\u0090\u0091\u0093\u0094";
        var pieces = Opcodes.Select(character => new[] { (byte)character })
            .Concat(new[] { "K\u0001", "h\u0000", "h\u0001", "csklearn.a\nB\n", "cnumpy\nndarray\n", "cnumpy.core.multiarray\n_reconstruct\n", ")\u0081", "}", "](", "C\u0002ab", "\u0094", "e", "u" }.Select(PickleBytes.Raw))
            .ToArray();
        var random = new Random(1);

        for (var i = 0; i < 10_000; i++)
        {
            var pickle = Enumerable.Range(0, random.Next(5, 60)).SelectMany(_ => pieces[random.Next(pieces.Length)]).Append((byte)'.').ToArray();

            Survives([0x80, 0x04, .. pickle], $"random opcodes {i}");
        }
    }

    private static bool Survives(byte[] pickle, string name)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Record.Exception(() => Use(PickleReader.Read(pickle, Limits, SklearnGlobals.Table)));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(exception is null or PickleException, $"{name}: {exception}");
        Assert.True(allocated < MaxAllocatedBytes, $"{name}: {allocated} bytes");
        return exception is null;
    }

    /// <summary>Converts what a model would convert: the arrays in the attributes of the outermost object.</summary>
    private static void Use(object? value)
    {
        foreach (var (_, attribute) in (value as PickleObject)?.Attributes ?? [])
        {
            if (attribute is NdArray { IsNumeric: true } array)
            {
                array.ToDoubles();
                array.ToObjects();
            }
            else if (attribute is PickleObject instance)
            {
                SparseArray.TryRead(instance, out _);
            }
        }
    }

    private static byte[] Mutate(byte[] original, byte[] other, Random random)
    {
        var bytes = original.ToArray();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var position = random.Next(bytes.Length);
            switch (random.Next(7))
            {
                case 0:
                    bytes[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = bytes[..Math.Max(1, position)];
                    break;
                case 3:
                    var otherPosition = random.Next(other.Length);
                    bytes = [.. bytes[..position], .. other[otherPosition..]];
                    break;
                case 4:
                    bytes = [.. bytes[..position], .. bytes[Math.Min(bytes.Length, position + random.Next(1, 20))..], (byte)'.'];
                    break;
                case 5:
                    var start = random.Next(bytes.Length);
                    bytes = [.. bytes[..position], .. bytes[start..Math.Min(bytes.Length, start + random.Next(1, 40))], .. bytes[position..]];
                    break;
                default:
                    (bytes[position], bytes[^1]) = (bytes[random.Next(bytes.Length)], bytes[^1]);
                    break;
            }
        }

        return bytes;
    }
}
