using Flama.Tests;

namespace Flama.Hosting.Tests.Trust;

/// <summary>What fuzzing by coverage (<c>tests/fuzz</c>) found, each once.</summary>
public sealed class FuzzFindingTests
{
    public static TheoryData<string> Findings() => [.. Fixtures.List("fuzz", "*")];

    [Theory]
    [MemberData(nameof(Findings))]
    public void Load_OfAFinding_EndsWithATypedErrorOrAnAnswer(string finding)
    {
        var (_, answer) = UntrustedFile.Run(Path.GetFileName(finding), File.ReadAllBytes(Fixtures.PathOf(finding)), "[[5.1,3.5,1.4,0.2]]"u8.ToArray());

        Assert.False(answer.StartsWith("internal", StringComparison.Ordinal), answer);
    }
}
