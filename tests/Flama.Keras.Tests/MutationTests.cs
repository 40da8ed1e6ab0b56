using System.Diagnostics;
using Flama.Keras.Tests.Golden;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Keras.Tests;

/// <summary>Files with bytes changed, cut off or doubled: an answer or a failure of a kind that is known, soon and in little memory.</summary>
public sealed class MutationTests
{
    private const int Rounds = 60;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("keras2.15.zip")]
    [InlineData("keras3.x.zip")]
    public void Files_ThatAreChanged_FailInKnownWays(string archive)
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", archive));
        using KerasEngines engines = new();
        List<string> wrong = [];
        Random random = new(20261130);

        foreach (var golden in cases.Cases.Select(cases.Read).Where(golden => golden.Expect == "values"))
        {
            var original = cases.ReadModel(golden);
            for (var i = 0; i < Rounds; i++)
            {
                var changed = Change(original, random);
                var clock = Stopwatch.StartNew();
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    using var package = ModelPackage.Open(changed, golden.File);
                    using var model = engines.Table.Load(package.ReadModel());
                }
                catch (FlamaException)
                {
                    // A failure of a kind that is known.
                }
                catch (Exception failure)
                {
                    wrong.Add($"{golden.Name} {i}: {failure.GetType().Name} {failure.Message} {failure.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Flama", StringComparison.Ordinal))?.Trim()}");
                }

                if (clock.Elapsed > Longest || GC.GetAllocatedBytesForCurrentThread() - before > 500L << 20)
                {
                    wrong.Add($"{golden.Name} {i}: {clock.Elapsed}, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MB");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong.Take(30))}");
    }

    private static byte[] Change(byte[] original, Random random)
    {
        var changed = (byte[])original.Clone();
        switch (random.Next(4))
        {
            case 0:
                return changed[..random.Next(changed.Length)];
            case 1:
                var at = random.Next(changed.Length - 8);
                BitConverter.TryWriteBytes(changed.AsSpan(at), random.Next(3) switch { 0 => ulong.MaxValue, 1 => (ulong)random.Next(), _ => 0ul });
                return changed;
            default:
                for (var i = 0; i <= random.Next(6); i++)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                return changed;
        }
    }
}
