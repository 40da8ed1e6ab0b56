using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

public sealed class ConfigurationTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Fact]
    public async Task Serve_ModelsFromYaml_AreServed()
    {
        File.Copy(Xor.Path, PathOf("xor.flm"));
        await WriteAsync("models.yaml", $"- file: xor.flm\n- path: {Churn.Path}\n  url: /bank\n  name: churn\n");

        await using var server = await FlamaServer.StartAsync(["--model", $"@{PathOf("models.yaml")}", "--server-port=0"]);
        using var first = await server.PostAsync("/xor/predict/", $"{{\"input\": {Xor.Rows}}}");
        using var second = await server.PostAsync("/bank/predict/", $"{{\"input\": [{Churn.Row}]}}");

        Assert.Equal("{\"output\":[0,1,1,0]}", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("{\"output\":[0]}", await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What the Python original writes, with nothing changed but the model's path and the port.</summary>
    [Theory]
    [InlineData("original-simple.json", 0)]
    [InlineData("original-full.json", 1)]
    public async Task Start_FileOfTheOriginal_IsTakenAsItIs(string name, int warnings)
    {
        File.Copy(Xor.Path, PathOf("model-path.flm"));
        var content = await File.ReadAllTextAsync(Fixtures.PathOf("config", name), TestContext.Current.CancellationToken);
        await WriteAsync("flama.json", content.Replace("\"port\": 8000", "\"port\": 0", StringComparison.Ordinal));

        await using var server = await FlamaServer.StartCommandAsync(["start", PathOf("flama.json")]);
        using var answer = await server.PostAsync("/model-url/predict/", $"{{\"input\": {Xor.Rows}}}");
        using var schema = JsonDocument.Parse(await server.GetStringAsync("/schema/"));

        Assert.Equal("{\"output\":[0,1,1,0]}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("API title", schema.RootElement.GetProperty("info").GetProperty("title").GetString());
        Assert.Contains("\"model-name\"", schema.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(warnings, server.StartLines.Count(line => line.Contains("Without effect", StringComparison.Ordinal)));
        Assert.StartsWith("INFO:     127.0.0.1:", await server.Process.WaitForOutputAsync("POST /model-url/predict/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flama.json", "model.flm")]
    [InlineData("flama.yaml", "model.flm")]
    public async Task Start_FileThatWeWrote_WorksOnceItsModelIsThere(string name, string model)
    {
        var written = await FlamaProcess.RunAsync(["start", PathOf(name), "--create-config", "full"]);
        File.Copy(Xor.Path, PathOf(model));

        await using var server = await FlamaServer.StartCommandAsync(["start", PathOf(name), "--server-port=0"]);
        using var answer = await server.PostAsync("/predict/", $"{{\"input\": {Xor.Rows}}}");

        Assert.Equal((0, ""), (written.ExitCode, written.Output));
        Assert.Equal("{\"output\":[0,1,1,0]}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(server.StartLines, line => line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_SeveralPlaces_NearerOneWins()
    {
        await WriteAsync("flama.yaml", $"""
            app:
              title: file
              version: file
              description: file
              models: [file: '{Xor.Path}']
            server: {"{port: 0, env_file: more.env}"}
            """);
        await WriteAsync("more.env", "FLAMA_APP_DESCRIPTION=env file\nFLAMA_APP_VERSION=env file\n");

        await using var server = await FlamaServer.StartCommandAsync(
            ["start", PathOf("flama.yaml"), "--app-title", "line"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["FLAMA_APP_TITLE"] = "environment", ["FLAMA_APP_VERSION"] = "environment" });
        using var schema = JsonDocument.Parse(await server.GetStringAsync("/schema/"));

        var info = schema.RootElement.GetProperty("info");
        Assert.Equal(
            ("line", "environment", "env file"),
            (info.GetProperty("title").GetString(), info.GetProperty("version").GetString(), info.GetProperty("description").GetString()));
    }

    [Fact]
    public async Task Start_ConfigFromTheEnvironment_IsTaken()
    {
        await WriteAsync("f.json", $$"""{"app": {"title": "T", "models": [{"path": {{JsonSerializer.Serialize(Xor.Path, JsonSerializerOptions.Web)}}}]}, "server": {"port": 0} }""");

        await using var server = await FlamaServer.StartCommandAsync(
            ["start"], new Dictionary<string, string>(StringComparer.Ordinal) { ["FLAMA_CONFIG"] = PathOf("f.json") });

        Assert.Contains("\"T\"", await server.GetStringAsync("/schema/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"app\": {\n\"tilte\": 1}}", "has the key app.tilte on line 2, which is not known.", "Did you mean app.title?")]
    [InlineData("{\"server\": {\"port\": \"x\"}}", "server.port (line 1 of", null)]
    [InlineData("{\"server\": ", "cannot be read, line 1: it is not JSON there", "Correct the file.")]
    public async Task Start_WrongFile_IsUsageInOneOrTwoLines(string content, string message, string? remedy)
    {
        await WriteAsync("bad.json", content);

        var result = await FlamaProcess.RunAsync(["start", PathOf("bad.json")]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal(remedy, result.ErrorLines.Skip(1).SingleOrDefault());
    }

    [Fact]
    public async Task Start_NoFile_SaysWhatWasTriedAndWhatIsNear()
    {
        await WriteAsync("flama.yml", "");

        var result = await FlamaProcess.RunAsync(["start", PathOf("flama.yaml")]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            [$"Error: There is no configuration file '{PathOf("flama.yaml")}'.", "Files there with a similar name: flama.yml."], result.ErrorLines);
    }

    [Fact]
    public async Task Explain_Secrets_AreMasked()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        await WriteAsync("cert.pem", certificate.ExportCertificatePem());
        await WriteAsync("key.pem", key.ExportEncryptedPkcs8PrivateKeyPem("hush", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        await WriteAsync("f.yaml", "server:\n  ssl_certfile: cert.pem\n  ssl_keyfile: key.pem\n  headers: {X-Api-Key: hush, X-Plain: open}\n");
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["FLAMA_SERVER_SSL_KEYFILE_PASSWORD"] = "hush" };

        var table = await FlamaProcess.RunAsync(["config", PathOf("f.yaml")], variables: variables);
        var json = await FlamaProcess.RunAsync(["config", PathOf("f.yaml"), "--output=json"], variables: variables);

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        Assert.DoesNotContain("hush", table.Output + json.Output, StringComparison.Ordinal);
        Assert.Matches(@"--server-ssl-keyfile-password +\*\*\* +environment FLAMA_SERVER_SSL_KEYFILE_PASSWORD", table.Output);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Contains("X-Plain:open", json.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private string PathOf(string name) => Path.Combine(directory, name);

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(PathOf(name), content, TestContext.Current.CancellationToken);
}
