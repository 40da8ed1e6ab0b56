using System.Text;
using Flama.AspNetCore;
using Flama.Hosting.Auditing;
using Flama.Hosting.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Tests;

/// <summary>Web applications whose options stand in <c>appsettings.json</c>.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private static string Xor => Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zlib__sk1.4.2.flm");

    [Fact]
    public async Task Application_OfConfigurationAlone_ServesAsItSays()
    {
        var text = ApiKeyFile.Add(directory.PathOf("keys.json"), "web", [ApiKeyScopes.Predict]);
        await using var app = Build($$$"""
            {"Flama": {
              "Models": {"xor": {"Path": "{{{Xor}}}", "Url": "/models/xor/"}},
              "Http": {"MaxRows": 1, "DocsPath": "", "SchemaPath": ""},
              "Keys": {"Path": "{{{directory.PathOf("keys.json")}}}" },
              "RateLimits": {"Requests": 7, "Window": "00:01:00"},
              "Cache": {"Time": "00:01:00"},
              "Audit": {"Path": "{{{directory.PathOf("audit.jsonl")}}}" },
              "RequestLimits": {"MaxConcurrentRequests": 10 },
              "AddressList": {"Networks": ["127.0.0.1", "::1/128"]} } }
            """);
        using var client = await StartAsync(app);

        using var refused = await PostAsync(client, "[[0,1]]", null);
        using var answered = await PostAsync(client, "[[0,1]]", text);
        using var again = await PostAsync(client, "[[0,1]]", text);
        using var large = await PostAsync(client, "[[0,1],[1,1]]", text);
        using var docs = await client.GetAsync("/docs/", TestContext.Current.CancellationToken);

        Assert.Equal([401, 200, 200, 413, 404], new[] { refused, answered, again, large, docs }.Select(answer => (int)answer.StatusCode));
        Assert.Equal("7", answered.Headers.GetValues("RateLimit-Limit").Single());
        Assert.Equal(["miss", "hit"], new[] { answered, again }.Select(answer => answer.Headers.GetValues("X-Cache").Single()));
        Assert.True(File.Exists(directory.PathOf("audit.jsonl")));
    }

    [Fact]
    public void Features_EveryOption_IsRead()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddJsonStream(Read("""
            {"Flama": {
              "Http": {"SchemaPath": "/s/", "DocsPath": "/d/", "Debug": true, "MaxRequestBodyBytes": 1000, "MaxRequestMemoryBytes": 2000000, "ModelHeaders": false, "MaxModelConcurrency": 2, "MaxModelQueue": 3,
                       "RequestTimeout": "00:00:05", "MaxRows": 4, "MaxCells": 5,
                       "WebSockets": {"IsEnabled": false, "MaxMessageBytes": 6, "UsesCompression": true, "AllowedOrigins": ["https://shop.example"]}},
              "RateLimits": {"Requests": 7, "Window": "00:00:08"},
              "Cache": {"Time": "00:00:09", "ModelTimes": {"churn": "00:00:10"}, "MaxBytes": 2000000, "MaxRows": 11},
              "Metrics": {"TritonNames": true},
              "Keys": {"Path": "keys.json"},
              "Tokens": {"Issuer": "https://issuer.example", "Audience": "churn", "Keys": "keys.pem", "ClockSkew": "00:00:12"},
              "Audit": {"Path": "a.jsonl", "MaxFileBytes": 5000, "KeepFor": "1.00:00:00"}}}
            """));
        builder.Services.AddFlama().ConfigureHttp(_ => { }).AddFlamaRateLimits().AddFlamaCache().AddFlamaMetrics().AddApiKeys().AddFlamaTokens().AddFlamaAudit();
        using var services = builder.Services.BuildServiceProvider();

        Bound.AssertAllSet(Of<FlamaHttpOptions>(services), new());
        Bound.AssertAllSet(Of<FlamaHttpOptions>(services).WebSockets, new());
        Bound.AssertAllSet(Of<RateLimitOptions>(services), new());
        Bound.AssertAllSet(Of<PredictionCacheOptions>(services), new());
        Bound.AssertAllSet(Of<FlamaMetricsOptions>(services), new());
        Bound.AssertAllSet(Of<ApiKeyOptions>(services), new());
        Bound.AssertAllSet(Of<TokenOptions>(services), new());
        Bound.AssertAllSet(Of<AuditOptions>(services), new());
        Assert.Equal(TimeSpan.FromSeconds(10), Of<PredictionCacheOptions>(services).ModelTimes["churn"]);
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("10.0.0.0/8", 403)]
    public async Task AddressList_OfTheConfiguration_SaysWhoIsAnswered(string network, int status)
    {
        await using var app = Build($$$"""{"Flama": {"Models": {"xor": {"Path": "{{{Xor}}}", "Url": "/models/xor/"}}, "AddressList": {"Networks": ["{{{network}}}"] } } }""", configure: false);
        using var client = await StartAsync(app);

        using var answer = await PostAsync(client, "[[0,1]]", null);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"Http": {"MaxRow": 1} }""", "The configuration has the key Flama:Http:MaxRow, which is not known.")]
    [InlineData("""{"Http": {"WebSockets": {"Enabled": true} } }""", "The configuration has the key Flama:Http:WebSockets:Enabled, which is not known.")]
    [InlineData("""{"Http": {"MaxRows": "ten"} }""", "The configuration's Flama:Http:MaxRows is 'ten', expected a whole number.")]
    [InlineData("""{"Http": {"MaxRows": 0} }""", "Flama:Http:MaxRows is 0. It must be 1 or more.")]
    [InlineData("""{"RequestLimits": {"MaxRequest": 1} }""", "The configuration has the key Flama:RequestLimits:MaxRequest, which is not known.")]
    [InlineData("""{"AddressList": {"Network": ["::1"]} }""", "The configuration has the key Flama:AddressList:Network, which is not known.")]
    [InlineData("""{"AddressList": {"Networks": ["10.0.0.0/40"]} }""", "The configuration's Flama:AddressList:Networks is '10.0.0.0/40', expected an address or a network such as 10.0.0.0/8.")]
    [InlineData("""{"AddressList": {"Networks": []} }""", "Flama:AddressList:Networks names no network.")]
    [InlineData("""{"RateLimits": {"Requests": 0} }""", "Flama:RateLimits:Requests must be from 1 to 10000000.")]
    [InlineData("""{"Cache": {"MaxBytes": 5} }""", "Flama:Cache:MaxBytes must be 1048576 (1 MiB) or more.")]
    [InlineData("""{"Keys": {} }""", "Flama:Keys:Path is not set. Set it to the file of keys, or give the file to AddApiKeys.")]
    [InlineData("""{"Audit": {"MaxFileBytes": 5} }""", "Flama:Audit:MaxFileBytes must be 4096 or more.")]
    public async Task Start_WrongOption_FailsWithTheKey(string section, string message)
    {
        await using var app = Build($$$"""{"Flama": {{{section}}} }""", configure: false);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(app));

        Assert.Equal(message, failure.Message);
    }

    public void Dispose() => directory.Dispose();

    private static T Of<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;

    private static WebApplication Build(string json, bool configure = true)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddJsonStream(Read(json));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var flama = builder.Services.AddFlama();
        if (configure || json.Contains("Keys", StringComparison.Ordinal))
        {
            flama.AddApiKeys();
        }

        if (configure || json.Contains("Audit", StringComparison.Ordinal))
        {
            flama.AddFlamaAudit();
        }

        flama.AddFlamaRateLimits().AddFlamaCache();
        return builder.Build();
    }

    private static async Task<HttpClient> StartAsync(WebApplication app)
    {
        if (app.Services.GetService<AuditLog>() is not null)
        {
            app.UseFlamaAudit();
        }

        app.UseFlamaErrors();
        app.UseFlamaAddressList();
        app.UseFlamaRequestLimits();
        app.UseFlamaRateLimits();
        app.MapModels();
        app.MapFlama();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string rows, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/models/xor/predict/")
        {
            Content = new StringContent($"{{\"input\": {rows}}}", Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static MemoryStream Read(string json) => new(Encoding.UTF8.GetBytes(json));
}
