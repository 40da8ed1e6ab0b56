using System.Globalization;
using Flama.ConformanceTests.Mutations;

namespace Flama.ConformanceTests.Cycles;

/// <summary>Models of tensors of every kind of file, loaded, asked and released again and again: memory comes back to its level.</summary>
/// <remarks><c>FLAMA_CYCLES=1000</c> for many.</remarks>
public sealed class LoadCycleTests(ITestOutputHelper output)
{
    private const int Few = 100;

    // The pool of buffers and the heap settle; a leak of one in a hundred of the weights alone would be more for the large ones.
    private const long MaxGrowth = 16 * 1024;

    public static TheoryData<string> Kinds() => [.. MutationSeeds.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Load_AskAndRelease_OftenLeavesNoMemory(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Resident memory is read from /proc.");
        var cycles = int.TryParse(Environment.GetEnvironmentVariable("FLAMA_CYCLES"), CultureInfo.InvariantCulture, out var count) ? count : Few;
        using var process = CycleTrial.Start(kind, cycles);

        var lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, 2), (process.ExitCode, lines.Length));
        var (before, after) = (long.Parse(lines[0], CultureInfo.InvariantCulture), long.Parse(lines[1], CultureInfo.InvariantCulture));
        output.WriteLine($"{kind}: {before / 1024} MB at first, {after / 1024} MB after {cycles} more cycles");
        Assert.InRange(after - before, -1L << 40, MaxGrowth);
    }
}
