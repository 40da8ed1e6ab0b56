using System.Globalization;
using Flama.Tests;

namespace Flama.FunctionalTests.Stores;

/// <summary>S3, by <c>s3rver</c>.</summary>
public sealed class S3Store : ObjectStore
{
    private readonly TemporaryDirectory directory = new();
    private readonly HttpClient client = new();
    private NodeServer? server;

    public override string Secret => "S3RVER";

    protected override string Scheme => "s3";

    public override Dictionary<string, string> Variables(int port) => new(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL_S3"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        ["AWS_ACCESS_KEY_ID"] = "S3RVER",
        ["AWS_SECRET_ACCESS_KEY"] = Secret,
    };

    public override async ValueTask InitializeAsync()
    {
        server = await NodeServer.StartAsync("s3rver/bin/s3rver.js", "listening on", "-d", directory.Root, "-a", "127.0.0.1", "-p", "0", "--silent", "--configure-bucket", Bucket);
        Port = server?.Port ?? 0;
        Absence = server is null ? "s3rver is not installed (tests/peers/install.sh, which needs npm)." : null;
    }

    public override async Task PutAsync(string name, byte[] content)
    {
        using ByteArrayContent body = new(content);
        using var answer = await client.PutAsync(new Uri($"http://127.0.0.1:{Port}/{Bucket}/{name}"), body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public override async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        directory.Dispose();
    }
}
