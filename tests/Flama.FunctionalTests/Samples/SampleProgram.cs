using System.Text;
using Flama.Tests;

namespace Flama.FunctionalTests.Samples;

/// <summary>A sample, run by the command that its readers type, on a port that is free.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    public const string Row = """{"input":[[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]]}""";

    private const string Listening = "Now listening on: ";

    private readonly FlamaProcess process;

    private SampleProgram(FlamaProcess process, Uri address)
    {
        this.process = process;
        Client = new() { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>Runs a sample that was built with the tests: <c>dotnet run --project samples/NAME</c>.</summary>
    public static Task<SampleProgram> StartAsync(string project) => StartAsync(["--no-build", "-c", Configuration, "--project", Fixtures.RepositoryPathOf("samples", project)], Fixtures.RepositoryPathOf());

    /// <summary>Runs a single file: <c>dotnet run FILE</c>, with the projects that were built with the tests.</summary>
    public static Task<SampleProgram> StartFileAsync(string file, string folder) => StartAsync(["-c", Configuration, file], folder, TimeSpan.FromMinutes(6));

    /// <summary>Posts JSON and gives the body of the answer.</summary>
    public async Task<string> PostAsync(string path, string json = Row)
    {
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public Task<string> GetAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return process.DisposeAsync();
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    private static async Task<SampleProgram> StartAsync(string[] arguments, string folder, TimeSpan? limit = null)
    {
        Dictionary<string, string> quiet = new(StringComparer.Ordinal) { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1", ["ASPNETCORE_ENVIRONMENT"] = "Production" };
        var started = FlamaProcess.StartOther([FlamaProcess.Host, "run", .. arguments, "--urls", "http://127.0.0.1:0"], quiet, folder, limit);
        try
        {
            var line = await started.WaitForOutputAsync(Listening);
            return new(started, new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]));
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }
}
