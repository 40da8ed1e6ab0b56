using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.FunctionalTests.Stores;

/// <summary>As much of Google's JSON API as reading needs, after its reference: media by generation and range, listings by prefix in pages of two.</summary>
public sealed class GoogleStore : ObjectStore
{
    private const int PageSize = 2;
    private const string Root = $"/storage/v1/b/{Bucket}/o";

    private readonly ConcurrentDictionary<string, (byte[] Content, long Generation)> objects = new(StringComparer.Ordinal);
    private WebApplication? server;
    private long generation = 1_700_000_000_000_000;

    /// <summary>Answers requests for tokens; null for a service without them.</summary>
    internal Func<IFormCollection, string?>? Tokens { get; set; }

    /// <summary>The token that requests must have; null for none.</summary>
    internal string? Token { get; set; }

    protected override string Scheme => "gs";

    public override Dictionary<string, string> Variables(int port) =>
        new(StringComparer.Ordinal) { ["STORAGE_EMULATOR_HOST"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") };

    public override async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync(TestContext.Current.CancellationToken);
        Port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public override Task PutAsync(string name, byte[] content)
    {
        objects[name] = (content, Interlocked.Increment(ref generation));
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        // Slashes of names are escaped, and the framework's path would not tell them from others.
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        if (path == "/token")
        {
            var answer = Tokens?.Invoke(await context.Request.ReadFormAsync(context.RequestAborted));
            context.Response.StatusCode = answer is null ? 400 : 200;
            await context.Response.WriteAsync(answer ?? "{}", context.RequestAborted);
        }
        else if (Token is not null && context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
        }
        else if (path == Root)
        {
            await ListAsync(context);
        }
        else if (path.StartsWith($"{Root}/", StringComparison.Ordinal) && objects.TryGetValue(Uri.UnescapeDataString(path[(Root.Length + 1)..]), out var found))
        {
            await SendAsync(context, found.Content, found.Generation);
        }
        else
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
        }
    }

    private async Task ListAsync(HttpContext context)
    {
        var prefix = context.Request.Query["prefix"].ToString();
        var after = context.Request.Query["pageToken"].ToString();
        var rest = objects.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(one.Key, after) > 0)
            .OrderBy(one => one.Key, StringComparer.Ordinal).ToList();
        await using Utf8JsonWriter json = new(context.Response.BodyWriter.AsStream());
        json.WriteStartObject();
        if (rest.Count > PageSize)
        {
            json.WriteString("nextPageToken", rest[PageSize - 1].Key);
        }

        json.WriteStartArray("items");
        foreach (var (name, (content, version)) in rest.Take(PageSize))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("generation", version.ToString(CultureInfo.InvariantCulture));
            json.WriteString("size", content.Length.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task SendAsync(HttpContext context, byte[] content, long version)
    {
        var (text, query, answer) = (version.ToString(CultureInfo.InvariantCulture), context.Request.Query, context.Response);
        if (query["ifGenerationNotMatch"] == text)
        {
            answer.StatusCode = (int)HttpStatusCode.NotModified;
            return;
        }

        if (query["ifGenerationMatch"] is { Count: > 0 } wanted && wanted != text)
        {
            answer.StatusCode = (int)HttpStatusCode.PreconditionFailed;
            return;
        }

        var from = context.Request.Headers.Range.ToString() is { Length: > 0 } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        if (from >= content.Length)
        {
            answer.StatusCode = (int)HttpStatusCode.RequestedRangeNotSatisfiable;
            return;
        }

        if (from > 0)
        {
            answer.StatusCode = (int)HttpStatusCode.PartialContent;
            answer.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{content.Length - 1}/{content.Length}");
        }

        answer.Headers["x-goog-generation"] = text;
        answer.ContentLength = content.Length - from;
        await answer.Body.WriteAsync(content.AsMemory(from), context.RequestAborted);
    }
}
