using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Tests;

/// <summary>An application with endpoints, problem details, an OpenAPI document and authentication of its own, without and with models.</summary>
public sealed class GuestTests
{
    public static TheoryData<string, string, string?> Requests => new()
    {
        { "GET", "/hello", null },
        { "GET", "/hello/", null },
        { "HEAD", "/hello", null },
        { "DELETE", "/hello", null },
        { "OPTIONS", "/hello", null },
        { "GET", "/nothing", null },
        { "GET", "/boom", null },
        { "GET", "/bad", null },
        { "GET", "/bare/503", null },
        { "GET", "/bare/404", null },
        { "POST", "/items", """{"name":"x"}""" },
        { "POST", "/items", """{"name":""" },
        { "POST", "/items", null },
        { "GET", "/secret", null },
        { "GET", "/openapi/v1.json", null },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task OwnEndpoint_BesideModels_AnswersAsWithoutThem(string method, string path, string? body)
    {
        await using var without = await StartAsync(hasModels: false);
        await using var with = await StartAsync(hasModels: true);

        var before = await AskAsync(without, method, path, body);
        var after = await AskAsync(with, method, path, body);

        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Models_OfAGuest_AnswerAndDescribeThemselves()
    {
        await using var app = await StartAsync(hasModels: true);

        var predicted = await AskAsync(app, "POST", "/model/predict/", """{"input":[[1,1]]}""");
        var refused = await AskAsync(app, "POST", "/model/predict/", """{"input":[[1]]}""");
        var schema = await AskAsync(app, "GET", "/schema/", null);

        Assert.EndsWith("""{"output":["yes"]}""", predicted, StringComparison.Ordinal);
        Assert.Contains("\"status_code\":400", refused, StringComparison.Ordinal);
        Assert.Contains("\"host\":\"own\"", refused, StringComparison.Ordinal);
        Assert.Contains("\"errors\":[{\"loc\":[\"input\",0]", refused, StringComparison.Ordinal);
        Assert.Contains("\"/model/predict/\"", schema, StringComparison.Ordinal);
        Assert.Contains("\"/hello\"", schema, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(WebApplication app, string method, string path, string? body)
    {
        using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Host = "example.test";
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(",", header.Value)}");
        return $"{(int)response.StatusCode}\n{string.Join("\n", headers)}\n\n{await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    private static async Task<WebApplication> StartAsync(bool hasModels)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions.Remove("traceId");
            context.ProblemDetails.Extensions["host"] = "own";
        });
        builder.Services.AddOpenApi();
        builder.Services.AddAuthentication("own").AddScheme<AuthenticationSchemeOptions, NoCredentials>("own", null);
        builder.Services.AddAuthorization();
        if (hasModels)
        {
            builder.Services.AddFlamaHosting();
        }

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/hello", () => "Hello").WithSummary("A greeting");
        app.MapGet("/boom", string () => throw new InvalidOperationException("secret"));
        app.MapGet("/bad", () => Results.BadRequest(new { why = "own" }));
        app.MapGet("/bare/{status}", (int status) => Results.StatusCode(status));
        app.MapPost("/items", (Item item) => item.Name);
        app.MapGet("/secret", () => "secret").RequireAuthorization();
        app.MapOpenApi();
        if (hasModels)
        {
            app.MapModel("/model", FakeModels.Linear());
            app.MapFlama();
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private sealed record Item(string Name);

    private sealed class NoCredentials(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
