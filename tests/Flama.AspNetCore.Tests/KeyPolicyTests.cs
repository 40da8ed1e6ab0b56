using System.Security.Claims;
using Flama.Hosting.Keys;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Tests;

/// <summary>Keys at endpoints of models and of the application, in applications that ask for nothing else and in such as have rules of their own.</summary>
public sealed class KeyPolicyTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.keys");

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("predict", null, 200)]
    [InlineData("predict,inspect", "model", 200)]
    [InlineData("inspect", null, 403)]
    [InlineData("predict", "other", 403)]
    public async Task Key_AtAMethod_NeedsScopeAndModel(string scopes, string? model, int status)
    {
        var key = ApiKeyFile.Add(file, "caller", scopes.Split(','), model is null ? null : [model]);
        await using var host = await StartAsync();

        Assert.Equal((status, 401, 401), (await AskAsync(host, key), await AskAsync(host, $"{key[..^1]}{(key[^1] == '0' ? '1' : '0')}"), await AskAsync(host, null)));
    }

    [Fact]
    public async Task Key_WhereAHandlerOfTheApplicationSaysNo_Is403()
    {
        var key = ApiKeyFile.Add(file, "caller", ["predict"]);
        await using var host = await StartAsync(services => services.AddSingleton<IAuthorizationHandler, Veto>());

        Assert.Equal(403, await AskAsync(host, key));
    }

    [Fact]
    public async Task Key_AtAnEndpointThatAsksForMore_Is403()
    {
        var key = ApiKeyFile.Add(file, "caller", ["predict"]);
        await using var host = await StartAsync(null, app =>
            app.MapGet("/own", () => "x").RequireAuthorization(ApiKeyDefaults.PredictPolicy).RequireAuthorization(policy => policy.RequireAssertion(_ => false)));

        Assert.Equal(403, await AskAsync(host, key, "/own"));
    }

    [Fact]
    public async Task Key_AtAnEndpointOfAnotherScheme_IsNoCaller()
    {
        var key = ApiKeyFile.Add(file, "caller", ["predict"]);
        await using var host = await StartAsync(
            services =>
            {
                services.AddFlamaHosting().AddFlamaRateLimits();
                services.AddAuthenticationCore(authentication => authentication.AddScheme<Nobody>("Other", null));
                services.AddTransient<Nobody>();
            },
            app =>
            {
                app.UseFlamaRateLimits();
                app.UseAuthorization();
                app.MapGet("/own", () => "x").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Other").RequireAuthenticatedUser());
            });

        Assert.Equal((401, 200), (await AskAsync(host, key, "/own"), await AskAsync(host, key)));
    }

    [Fact]
    public async Task Key_WithATransformationOfTheApplication_IsTransformed()
    {
        var key = ApiKeyFile.Add(file, "caller", ["predict"]);
        await using var host = await StartAsync(
            services => services.AddSingleton<IClaimsTransformation, Renaming>(),
            app => app.MapGet("/who", (HttpContext context) => context.User.FindFirst("added")?.Value).RequireAuthorization(ApiKeyDefaults.PredictPolicy));

        using HttpRequestMessage request = new(HttpMethod.Get, "/who") { Headers = { { "X-API-Key", key } } };
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("yes", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Caller_ThatARequestAddsTo_IsAsBeforeInTheNext()
    {
        var key = ApiKeyFile.Add(file, "caller", ["predict"]);
        await using var host = await StartAsync(null, app => app.MapGet("/count", (HttpContext context) =>
        {
            ((ClaimsIdentity)context.User.Identity!).AddClaim(new Claim("scope", "admin"));
            return context.User.FindAll("scope").Count();
        }).RequireAuthorization(ApiKeyDefaults.PredictPolicy));

        for (var i = 0; i < 3; i++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/count") { Headers = { { "X-API-Key", key } } };
            using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("2", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    private Task<FlamaHost> StartAsync(Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
    {
        var model = FakeModels.Constant(1);
        return FlamaHost.StartAsync(
            app =>
            {
                app.MapModel("/", model);
                map?.Invoke(app);
            },
            configure: builder =>
            {
                builder.Services.AddFlamaHosting().AddApiKeys(file);
                services?.Invoke(builder.Services);
            });
    }

    private static async Task<int> AskAsync(FlamaHost host, string? key, string? own = null)
    {
        using HttpRequestMessage request = own is null
            ? new(HttpMethod.Post, "/predict/") { Content = new StringContent("""{"input":[[1]]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) }
            : new(HttpMethod.Get, own);
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private sealed class Nobody : IAuthenticationHandler
    {
        private HttpContext context = null!;

        public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
        {
            this.context = context;
            return Task.CompletedTask;
        }

        public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

        public Task ChallengeAsync(AuthenticationProperties? properties)
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        }

        public Task ForbidAsync(AuthenticationProperties? properties) => ChallengeAsync(properties);
    }

    private sealed class Veto : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            context.Fail();
            return Task.CompletedTask;
        }
    }

    private sealed class Renaming : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            ClaimsPrincipal made = new(principal);
            made.AddIdentity(new ClaimsIdentity([new Claim("added", "yes")]));
            return Task.FromResult(made);
        }
    }
}
