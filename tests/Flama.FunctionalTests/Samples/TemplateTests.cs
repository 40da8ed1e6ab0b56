using Flama.Tests;

namespace Flama.FunctionalTests.Samples;

/// <summary>The templates of <c>dotnet new</c>, from the packages to running programs: <c>eng/template-check.sh</c>.</summary>
public sealed class TemplateTests
{
    [Fact]
    public async Task Templates_AreInstalledBuiltTestedAndRun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The check is a script of a Unix shell.");
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v curl && command -v bash"])).ExitCode == 0, "curl or bash is not installed.");

        // Packed already by eng/pack-check.sh?
        string[] packages = Environment.GetEnvironmentVariable("PACKAGES_DIRECTORY") is { Length: > 0 } packed ? [packed, "0.0.1"] : ["--no-build"];
        var check = await FlamaProcess.RunOtherAsync("bash", [Fixtures.RepositoryPathOf("eng", "template-check.sh"), .. packages], TimeSpan.FromMinutes(6));

        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.EndsWith("template-check: what the templates make builds, passes its tests and runs\n", check.Output, StringComparison.Ordinal);
    }
}
