
namespace Flama.ConformanceTests;

/// <summary>Golden models with bytes changed: they load or are refused with a typed error, and what loads answers or refuses rows with one.</summary>
public sealed class MutatedModelTests
{
    private const int MaxModelBytes = 40_000;
    private const int MutationsPerModel = 40;

    // There are five times as many models, much alike.
    private const int MutationsPerExtraModel = 4;
    private const long MaxAllocatedBytes = 256L << 20;

    public static TheoryData<string> Versions() => [.. SklearnCase.WholeVersions];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Load_OfMutatedModel_WorksOrFailsWithATypedError(string version)
    {
        var loaded = 0;
        var total = 0;
        var mutations = version.StartsWith("sklearn-extra/", StringComparison.Ordinal) ? MutationsPerExtraModel : MutationsPerModel;
        foreach (var name in SklearnCase.Names(version))
        {
            var golden = SklearnCase.Read(version, name);
            if (golden.Model.Length > MaxModelBytes)
            {
                continue;
            }

            var random = new Random(Seed(version + name));
            for (var i = 0; i < mutations; i++)
            {
                total++;
                loaded += Try(golden, Mutate(golden.Model, random), $"{name} mutation {i}") ? 1 : 0;
            }
        }

        Assert.True(total > 1_000, $"only {total} mutations");
        Assert.True(loaded > 0, "no mutated model loaded, so nothing was predicted with");
    }

    private static bool Try(SklearnCase golden, byte[] model, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var loaded = Engines.Load(Pickled.Source(golden.Name, model));
            foreach (var check in golden.Checks)
            {
                using var input = CaseInput.Read(check.GetProperty("X"));
                foreach (var method in loaded.Methods)
                {
                    Invoke(method, input);
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

    private static void Invoke(ModelMethod method, FeatureBatch input)
    {
        try
        {
            method.Invoke(input).Dispose();
        }
        catch (FlamaException)
        {
            // The rows may not fit the changed model.
        }
    }

    // Few changes keep most of the file meaningful, which is what reaches the engine.
    private static byte[] Mutate(byte[] model, Random random)
    {
        var copy = (byte[])model.Clone();
        var changes = 1 + random.Next(3);
        for (var i = 0; i < changes; i++)
        {
            var at = random.Next(copy.Length);
            copy[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(copy[at] ^ (1 << random.Next(8))),
                _ => (byte)(copy[at] + random.Next(-2, 3)),
            };
        }

        return copy;
    }

    private static int Seed(string text) => text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
}
