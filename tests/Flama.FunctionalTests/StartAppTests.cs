namespace Flama.FunctionalTests;

public sealed class StartAppTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    /// <summary>An application instead of models: the file's options reach it as those of <c>flama run</c>.</summary>
    [Fact]
    public async Task Start_SourceFile_IsRunWithTheOptionsOfTheFile()
    {
        await WriteAsync("app.cs", """
            #:sdk Microsoft.NET.Sdk.Web
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => $"hello {Environment.GetEnvironmentVariable("GREETING")}");
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"READY {app.Urls.First()}"));
            app.MapPost("/end", () => app.Lifetime.StopApplication());
            app.Run();
            """);
        await WriteAsync("more.env", "GREETING=you\n");
        await WriteAsync("flama.yaml", "app: app.cs\nserver: {port: 0, env_file: more.env, log_level: error}\n");
        await using var process = FlamaProcess.Start(["start", Path.Combine(directory, "flama.yaml")]);

        var address = new Uri((await process.WaitForOutputAsync("READY ")).Split(' ')[1]);
        using HttpClient client = new() { BaseAddress = address };
        var answer = await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        using var end = await client.PostAsync(new Uri("/end", UriKind.Relative), null, TestContext.Current.CancellationToken);
        var result = await process.WaitForExitAsync();

        Assert.Equal("hello you", answer);
        Assert.Equal(0, result.ExitCode);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(Path.Combine(directory, name), content, TestContext.Current.CancellationToken);
}
