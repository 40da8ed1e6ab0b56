using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flama.FunctionalTests;

/// <summary>Applications that are written into a folder of the test's own, built with the SDK alone and run by <c>flama run</c>.</summary>
public sealed class RunAppTests : IDisposable
{
    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.MapGet("/", () => "version 1");
        app.MapGet("/variable", () => Environment.GetEnvironmentVariable("GREETING") ?? "none");
        app.MapGet("/folder", () => Environment.CurrentDirectory);
        app.MapPost("/end", (IHostApplicationLifetime lifetime) => { Environment.ExitCode = 7; lifetime.StopApplication(); });
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"READY {string.Join(' ', app.Urls)}"));
        app.Lifetime.ApplicationStopped.Register(() => Console.WriteLine("GOODBYE"));
        app.Run();
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Fact]
    public async Task Source_ServerOptionsAndSignals_ReachTheApplication()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        var source = Write("app.cs", $"#:sdk Microsoft.NET.Sdk.Web\n{Program}");
        var variables = Write("variables.env", "GREETING=hello\n");
        await using var run = FlamaProcess.Start(
            ["run", source, "--server-port=0", "--server-env-file", variables, "--server-log-level=warning", "--server-backlog=10"], Quiet);

        var address = await ReadyAsync(run);
        var warning = await run.WaitForErrorAsync("");
        var answers = $"{await GetAsync(address, "/")}, {await GetAsync(address, "/variable")}";
        await run.SignalAsync("TERM");
        var result = await run.WaitForExitAsync();

        Assert.Equal("version 1, hello", answers);
        Assert.Equal("WARNING:  Cannot be passed on to an application, which decides it in its own code: --server-backlog", warning);
        Assert.Equal((0, "GOODBYE\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Folder_IsBuiltAndRunsInItsProject_AndTheAssemblyByItself()
    {
        var folder = WriteProject();
        string assembly;
        await using (var run = FlamaProcess.Start(["run", folder, "--server-port=0", "--server-host=localhost"], Quiet))
        {
            var address = await ReadyAsync(run);
            Assert.Equal(folder, await GetAsync(address, "/folder"));
            assembly = Directory.EnumerateFiles(Path.Combine(folder, "bin"), "small.dll", SearchOption.AllDirectories).First();
            using HttpClient client = new();
            using var ended = await client.PostAsync(new Uri(address, "/end"), null, TestContext.Current.CancellationToken);
            Assert.Equal(7, (await run.WaitForExitAsync()).ExitCode);
        }

        var (certificate, key) = WriteCertificate();
        await using var secure = FlamaProcess.Start(
            ["run", assembly, "--server-port=0", "--server-ssl-certfile", certificate, "--server-ssl-keyfile", key, "--server-app-dir", directory], Quiet);
        var secureAddress = await ReadyAsync(secure);

        Assert.Equal("https", secureAddress.Scheme);
        Assert.Equal(directory, await GetAsync(secureAddress, "/folder"));
    }

    [Fact]
    public async Task Reload_ChangedSource_GoesIntoTheRunningApplication_AndNothingStaysBehind()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "The system's list of processes is needed to see them end.");
        var folder = WriteProject();
        await using var run = FlamaProcess.Start(["run", folder, "--server-port=0", "--server-reload"], Quiet);
        var address = await ReadyAsync(run);
        var before = await GetAsync(address, "/");
        await run.WaitForErrorAsync("Waiting for changes");

        Write(Path.Combine("small", "Program.cs"), Program.Replace("version 1", "version 2", StringComparison.Ordinal));
        await run.WaitForErrorAsync("changes applied");
        var after = await GetAsync(address, "/");
        await run.SignalAsync("TERM");
        var result = await run.WaitForExitAsync();

        Assert.Equal(("version 1", "version 2", 0), (before, after, result.ExitCode));
        Assert.Contains("GOODBYE", result.Output, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => GetAsync(address, "/"));
    }

    [Fact]
    public async Task Source_ThatDoesNotCompile_Is1WithTheCompilersWords()
    {
        var source = Write("broken.cs", "#:sdk Microsoft.NET.Sdk.Web\nvar app = nonsense;\n");

        var result = await FlamaProcess.RunAsync(["run", source], variables: Quiet);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("CS0103", result.Error, StringComparison.Ordinal);
        Assert.Equal($"Error: '{source}' could not be built.", result.ErrorLines[^2]);
    }

    [Theory]
    [InlineData("foo.py:app", "'foo.py:app' names a Python module, and Python cannot be run here.", "a single .cs file or a built .dll")]
    [InlineData("pkg.module:app", "'pkg.module:app' names a Python module, and Python cannot be run here.", "a single .cs file or a built .dll")]
    [InlineData("model.flm", "'model.flm' is a model, not an application.", "flama serve model.flm")]
    [InlineData("library.dll", "'library.dll' is not an application: there is no library.runtimeconfig.json beside it.", "the project of the application")]
    [InlineData("empty", "The folder 'empty' has no project and no .cs file.", "a single .cs file or a built .dll")]
    [InlineData("nope.cs", "There is no application '", "APP is a project folder")]
    public async Task Run_WhatIsNoApplication_Is2AndSaysWhatCanBe(string app, string message, string remedy)
    {
        Write("model.flm", "x");
        Write("library.dll", "x");
        Directory.CreateDirectory(Path.Combine(directory, "empty"));

        var result = await FlamaProcess.RunAsync(["run", app, "--server-app-dir", directory]);

        Assert.Equal((2, 2), (result.ExitCode, result.ErrorLines.Count));
        Assert.StartsWith($"Error: {message}", result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains(remedy, result.ErrorLines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--server-fd=3")]
    [InlineData("--server-ssl-ca-certs=ca.pem")]
    public async Task Run_OptionThatCannotBeLeftOut_IsRefused(string option)
    {
        var result = await FlamaProcess.RunAsync(["run", Write("app.cs", ""), option]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"Error: {option.Split('=')[0]} cannot be passed on to an application", result.ErrorLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithoutAnSdk_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        var host = Write("dotnet", "#!/bin/sh\n");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_HOST_PATH"] = host };

        var result = await FlamaProcess.RunAsync(["run", Write("app.cs", "")], variables: variables);

        Assert.Equal((2, 2), (result.ExitCode, result.ErrorLines.Count));
        Assert.Equal($"Error: The application cannot be built here. '{host}' has no SDK, only a runtime.", result.ErrorLines[0]);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static Dictionary<string, string> Quiet => new(StringComparer.Ordinal) { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1", ["ASPNETCORE_ENVIRONMENT"] = "Production" };

    private static async Task<Uri> ReadyAsync(FlamaProcess run) =>
        new((await run.WaitForOutputAsync("READY ")).Split(' ')[1].Replace("[::]", "localhost", StringComparison.Ordinal));

    private static async Task<string> GetAsync(Uri address, string path)
    {
        using SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable;
        using HttpClient client = new(handler);
        return await client.GetStringAsync(new Uri(address, path), TestContext.Current.CancellationToken);
    }

    private string WriteProject()
    {
        Directory.CreateDirectory(Path.Combine(directory, "small"));
        Write(Path.Combine("small", "small.csproj"), Project);
        return Path.GetDirectoryName(Write(Path.Combine("small", "Program.cs"), Program))!;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (Write("server.pem", certificate.ExportCertificatePem()), Write("server.key", key.ExportPkcs8PrivateKeyPem()));
    }
}
