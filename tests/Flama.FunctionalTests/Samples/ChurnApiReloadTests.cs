using Flama.FunctionalTests.Docs;
using Flama.Tests;

namespace Flama.FunctionalTests.Samples;

/// <summary>An edit of the churn API goes into the running application: <c>flama run samples/churn-api --server-reload</c>.</summary>
public sealed class ChurnApiReloadTests
{
    private const string Formula = "- costs.OperationalCost";

    [Fact]
    public async Task Edit_OfTheFormula_IsInTheNextAnswer()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "The system's list of processes is needed to see them end.");
        using TemporaryDirectory directory = new();
        var source = CopySample(directory);
        Dictionary<string, string> quiet = new(StringComparer.Ordinal) { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1" };
        await using var run = FlamaProcess.Start(["run", directory.Root, "--server-port=0", "--server-reload"], quiet);
        var line = await run.WaitForOutputAsync("Now listening on: ");
        using HttpClient client = new() { BaseAddress = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Replace("[::]", "localhost", StringComparison.Ordinal)) };
        var before = await LossAsync(client);
        await run.WaitForErrorAsync("Waiting for changes");

        var text = await File.ReadAllTextAsync(source, TestContext.Current.CancellationToken);
        Assert.Contains(Formula, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(source, text.Replace(Formula, $"{Formula} + 1000", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await run.WaitForErrorAsync("changes applied");
        var after = await LossAsync(client);
        await run.SignalAsync("TERM");
        var result = await run.WaitForExitAsync();

        Assert.Equal("""{"output":[5212.2945950392195]}""", before);
        Assert.Equal("""{"output":[6076.89515043""", after[..24]);
        Assert.Equal(0, result.ExitCode);
    }

    // The sample as it is, but for its references: to the assemblies that were built with the tests, so that nothing else is built.
    private static string CopySample(TemporaryDirectory directory)
    {
        var sample = Fixtures.RepositoryPathOf("samples", "churn-api");
        foreach (var file in Directory.GetFiles(sample, "*.cs"))
        {
            File.Copy(file, directory.PathOf(Path.GetFileName(file)));
        }

        File.WriteAllText(
            directory.PathOf("Directory.Build.props"),
            """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        var built = Path.GetDirectoryName(SampleTests.Built("churn-api", "Churn.Api"))!;
        var project = File.ReadAllText(Path.Combine(sample, "Churn.Api.csproj"))
            .Replace("""<ProjectReference Include="../../src/Flama.AspNetCore/Flama.AspNetCore.csproj" />""", $"""<Reference Include="{built}/*.dll" Exclude="{built}/Churn.Api.dll" />""", StringComparison.Ordinal)
            .Replace("""<ProjectReference Include="../../src/Flama/Flama.csproj" />""", "", StringComparison.Ordinal)
            .Replace("../churn/churn.flm", Churn.Path, StringComparison.Ordinal);
        File.WriteAllText(directory.PathOf("Churn.Api.csproj"), project);
        return directory.PathOf("ChurnModel.cs");
    }

    private static async Task<string> LossAsync(HttpClient client)
    {
        using StringContent content = new(SampleProgram.Row, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/churn/loss/", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
