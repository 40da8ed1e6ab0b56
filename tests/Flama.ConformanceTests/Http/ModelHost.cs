using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flama.ConformanceTests.Http;

/// <summary>Models on a server at a free port of this machine, each at a path of its own, and a client.</summary>
internal sealed class ModelHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client;

    private ModelHost(WebApplication app, HttpClient client, JsonElement schema)
    {
        this.app = app;
        this.client = client;
        Schema = schema;
        Validator = new(schema);
    }

    /// <summary>The document that the server gives.</summary>
    public JsonElement Schema { get; }

    public SchemaValidator Validator { get; }

    /// <summary>Starts the server.</summary>
    public static async Task<ModelHost> StartAsync(IEnumerable<(string Path, Model Model)> models)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddFlama();
        var made = builder.Build();
        foreach (var (path, model) in models)
        {
            made.MapModel(path, model);
        }

        made.MapFlama();
        await made.StartAsync(cancellationToken);
        HttpClient caller = new() { BaseAddress = new Uri(made.Urls.First()), Timeout = TimeSpan.FromMinutes(5) };
        var schema = await caller.GetByteArrayAsync("/schema/", cancellationToken);
        return new(made, caller, JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = 512 }).RootElement);
    }

    /// <summary>Posts a body; returns the status and the answer.</summary>
    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string json)
    {
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 512 }).RootElement);
    }

    /// <summary>Posts bytes and asks for bytes; returns the answer and its headers.</summary>
    public async Task<(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)> PostBytesAsync(string path, byte[] body, string? shape, string? types = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.Accept.ParseAdd("application/octet-stream");
        if (shape is not null)
        {
            request.Headers.Add("X-Tensor-Shape", shape);
        }

        if (types is not null)
        {
            request.Headers.Add("X-Tensor-Type", types);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), headers);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }
}
