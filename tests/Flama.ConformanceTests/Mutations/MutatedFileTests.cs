using System.Globalization;

namespace Flama.ConformanceTests.Mutations;

/// <summary>Changed copies of models of tensors, in a process of its own where native parsers and kernels may fail: typed errors or answers within 5 s of processor time and 500 MB, and no crash.</summary>
/// <remarks><c>FLAMA_MUTATIONS=20000</c> for many, <c>FLAMA_MUTATIONS_FROM</c> for others, <c>FLAMA_MUTANTS=DIRECTORY</c> keeps those that fail.</remarks>
public sealed class MutatedFileTests(ITestOutputHelper output)
{
    private const int Few = 150;

    public static TheoryData<string> Kinds() => [.. MutationSeeds.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Copies_ThatWereChanged_AreRefusedOrAnswered(string kind)
    {
        MutationRun run = new(kind, Environment.GetEnvironmentVariable("FLAMA_MUTANTS"));

        await run.TryAsync(Number("FLAMA_MUTATIONS_FROM", 0), Number("FLAMA_MUTATIONS", Few), TestContext.Current.CancellationToken);

        output.WriteLine($"{run}");
        Assert.True(run.Findings.Count == 0, string.Join(Environment.NewLine, run.Findings.Prepend($"{run}: {run.Findings.Count} findings")));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
