using System.Buffers.Binary;
using Flama.Boosters.CatBoost;

namespace Flama.ConformanceTests;

/// <summary>CatBoost files with bytes changed or cut off: they load or are refused with a typed error, and what loads answers or refuses rows with one.</summary>
public sealed class CatBoostMutationTests
{
    private const long MaxAllocatedBytes = 64L << 20;
    private const string Archive = "golden/catboost/catboost-1.2.10";

    private static readonly uint[] Extremes = [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x0001_0000, 0x00FF_FFFF];

    public static TheoryData<string> Names() =>
        [.. SklearnCase.Names(Archive).Where(name => name.EndsWith("_cbm", StringComparison.Ordinal) || name.EndsWith("_json", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_OfChangedFile_WorksOrFailsWithATypedError(string name)
    {
        var golden = SklearnCase.Read(Archive, name);
        var isBinary = golden.FileName.EndsWith(".cbm", StringComparison.Ordinal);
        var random = new Random(name.Length);
        var refused = 0;

        for (var i = 0; i < (isBinary ? 150 : 30); i++)
        {
            var bytes = (byte[])golden.Model.Clone();
            for (var change = 0; change < 1 + (i % 3); change++)
            {
                Change(bytes, random, isBinary);
            }

            refused += Try(golden, isBinary, bytes, $"change {i}") ? 0 : 1;
        }

        for (var i = 1; i < 40; i++)
        {
            var length = golden.Model.Length * i / 40;
            Assert.False(Try(golden, isBinary, golden.Model[..length], $"cut at {length}"));
        }

        Assert.NotEqual(0, refused);
    }

    private static void Change(byte[] bytes, Random random, bool isBinary)
    {
        var at = random.Next(bytes.Length - sizeof(uint));
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes[at] = (byte)(bytes[at] + random.Next(-2, 3));
                break;
            default:
                // Numbers and offsets of the binary form stand at multiples of four of their part.
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(isBinary ? at & ~3 : at), Extremes[random.Next(Extremes.Length)]);
                break;
        }
    }

    private static bool Try(SklearnCase golden, bool isBinary, byte[] bytes, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            ModelSource source = new(golden.Name, isBinary ? ModelFormats.CatBoostBinary : ModelFormats.CatBoostJson, ModelPayload.FromMemory(bytes));
            using var model = new CatBoostEngine().Load(source, LoadOptions.Default);
            foreach (var check in golden.Checks)
            {
                using var input = CaseInput.Read(check.GetProperty("X"));
                foreach (var method in model.Methods)
                {
                    method.Invoke(input).Dispose();
                }
            }

            return true;
        }
        catch (FlamaException)
        {
            return false;
        }
        catch (Exception exception)
        {
            Assert.Fail($"{what}: {exception}");
            return false;
        }
        finally
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MaxAllocatedBytes, $"{what} took {allocated} bytes");
        }
    }
}
