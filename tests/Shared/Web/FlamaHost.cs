using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flama.AspNetCore;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flama.Tests.Hosting;

/// <summary>An application on a real server at a free port of this machine, and a client for it.</summary>
internal sealed class FlamaHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private FlamaHost(WebApplication app, LogLines log)
    {
        application = app;
        Log = log;
        Client = new HttpClient(new ErrorWatch(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }))
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    public HttpClient Client { get; }

    public LogLines Log { get; }

    public Uri Address => Client.BaseAddress!;

    public IServiceProvider Services => application.Services;

    /// <summary>Starts an application with one model at the root.</summary>
    public static Task<FlamaHost> StartAsync(Model model, Action<FlamaHttpOptions>? options = null, Action<FlamaOptions>? flama = null) =>
        StartAsync(app => app.MapModel("/", model), options, flama: flama);

    /// <summary>Starts an application with what the test maps, and the schema and the docs.</summary>
    public static async Task<FlamaHost> StartAsync(
        Action<WebApplication> map,
        Action<FlamaHttpOptions>? options = null,
        Action<WebApplicationBuilder>? configure = null,
        string environment = "Production",
        Action<FlamaOptions>? flama = null)
    {
        var log = new LogLines();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddFlamaHosting(flama).ConfigureHttp(options ?? (_ => { }));
        configure?.Invoke(builder);
        var app = builder.Build();
        try
        {
            app.UseFlamaErrors();
            map(app);
            app.MapFlama();
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new(app, log);
    }

    /// <summary>Sends a body as JSON; returns status, content type and body.</summary>
    public async Task<Answer> PostAsync(string path, string json, string? contentType = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        using var response = await Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    public async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => await SendAsync(HttpMethod.Get, path, headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Stops the server as a signal does: requests at hand may end.</summary>
    public Task StopAsync() => application.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
    }
}

/// <summary>What a server answered.</summary>
internal sealed record Answer(int Status, string? ContentType, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response.Headers,
        response.Content.Headers);
}
