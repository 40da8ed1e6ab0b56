using System.Net;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>One server with a repository for the tests of a class, and keys for each scope.</summary>
public sealed class RepositoryServer : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();

    internal FlamaServer Server { get; private set; } = null!;

    internal string Admin { get; private set; } = null!;

    internal string Caller { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Put("xor/model.flm", Xor.Path);
        Put("two/1/model.flm", Xor.Path);
        Put("two/2/model.flm", Churn.Path);
        Put("triton/1/model.onnx", Fixtures.RepositoryPathOf("README.md"));
        Admin = await KeyAsync("ops", "predict,inspect,admin");
        Caller = await KeyAsync("web", "predict,inspect");
        Server = await FlamaServer.StartAsync(
        [
            "--repository", directory.PathOf("models"), "--repository-poll", "0.1", "--repository-versions", "all", "--server-port", "0",
            "--server-keys", directory.PathOf("keys.json"), "--app-admin", "/admin/", "--server-no-access-log",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        directory.Dispose();
    }

    internal void Put(string path, string source)
    {
        var target = Path.Combine(directory.Root, "models", path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, $"{target}.new", overwrite: true);
        File.Move($"{target}.new", target, overwrite: true);
    }

    internal async Task<(HttpStatusCode Status, string Text, string? Version)> SendAsync(HttpMethod method, string path, string? key, string? json = null)
    {
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("X-API-Key", key);
        if (json is not null)
        {
            request.Content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        }

        using var answer = await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var version = answer.Headers.TryGetValues("X-Model-Version", out var values) ? string.Join(',', values) : null;
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), version);
    }

    internal async Task<JsonElement> JsonAsync(string path)
    {
        var (status, text, _) = await SendAsync(HttpMethod.Get, path, Admin);
        Assert.Equal(HttpStatusCode.OK, status);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    internal static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var deadline = Environment.TickCount64 + 30_000; !await holds();)
        {
            Assert.True(Environment.TickCount64 < deadline, "It did not come about in time.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string> KeyAsync(string name, string scopes) =>
        (await FlamaProcess.RunAsync(["key", "add", name, "--scope", scopes, "--server-keys", directory.PathOf("keys.json")])).Output.Trim();
}
