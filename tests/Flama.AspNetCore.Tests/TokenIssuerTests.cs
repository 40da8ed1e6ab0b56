using System.Security.Claims;
using Flama.Tests;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Tests;

/// <summary>Access and refresh tokens of the application's own.</summary>
public sealed class TokenIssuerTests
{
    [Fact]
    public async Task Access_WithTheScopes_IsLetIn()
    {
        await using var host = await StartAsync();
        var issuer = host.Services.GetRequiredService<TokenIssuer>();

        var reader = issuer.Issue("ann", ["read"], [KeyValuePair.Create("team", "tea")]);
        var writer = issuer.Issue("bob", ["read", "write"]);

        Assert.Equal((401, 200, 403, 200), (
            await AskAsync(host, "/read", null), await AskAsync(host, "/read", reader.AccessToken), await AskAsync(host, "/both", reader.AccessToken), await AskAsync(host, "/both", writer.AccessToken)));
        Assert.Equal("\"ann tea\"", (await host.GetAsync("/me", ("Authorization", $"Bearer {reader.AccessToken}"))).Body);
        Assert.Equal((900, "Bearer"), (reader.ExpiresIn, reader.TokenType));
    }

    [Fact]
    public async Task Access_ThatIsForged_Expired_OrARefreshToken_Is401()
    {
        SteppedClock clock = new();
        await using var host = await StartAsync(clock);
        var issuer = host.Services.GetRequiredService<TokenIssuer>();
        var tokens = issuer.Issue("ann", ["read"]);
        var other = new TokenIssuer(Options.Create(new IssuedTokenOptions { Secret = new string('x', 32) }), clock).Issue("ann", ["read"]);

        Assert.Equal(200, await AskAsync(host, "/read", tokens.AccessToken));
        Assert.Equal(401, await AskAsync(host, "/read", other.AccessToken));
        Assert.Equal(401, await AskAsync(host, "/read", tokens.RefreshToken));
        Assert.Equal(401, await AskAsync(host, "/read", $"{tokens.AccessToken}X"));
        clock.Step(TimeSpan.FromMinutes(16));
        Assert.Equal(401, await AskAsync(host, "/read", tokens.AccessToken));
    }

    [Fact]
    public async Task Refresh_OfAValidToken_GivesTheSameAgain()
    {
        SteppedClock clock = new();
        TokenIssuer issuer = new(Options.Create(new IssuedTokenOptions { Secret = new string('s', 32) }), clock);
        var tokens = issuer.Issue("ann", ["read"], [KeyValuePair.Create("team", "tea")]);

        var next = await issuer.RefreshAsync(tokens.RefreshToken, TestContext.Current.CancellationToken);
        var access = await issuer.RefreshAsync(tokens.AccessToken, TestContext.Current.CancellationToken);
        clock.Step(TimeSpan.FromDays(15));

        Assert.NotNull(next);
        Assert.Null(access);
        Assert.Null(await issuer.RefreshAsync(tokens.RefreshToken, TestContext.Current.CancellationToken));
        Assert.Null(await issuer.RefreshAsync("nonsense", TestContext.Current.CancellationToken));
        var claims = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(next.AccessToken);
        Assert.Equal(("ann", "read", "tea"), (claims.Subject, claims.GetClaim("scope").Value, claims.GetClaim("team").Value));
    }

    [Fact]
    public async Task Claims_OfOneName_AreAList_WhichARefreshKeeps()
    {
        await using var host = await StartAsync();
        var issuer = host.Services.GetRequiredService<TokenIssuer>();
        var tokens = issuer.Issue("ann", ["predict"], [KeyValuePair.Create(ApiKeyDefaults.ModelClaim, "other"), KeyValuePair.Create("team", "tea"), KeyValuePair.Create(ApiKeyDefaults.ModelClaim, "model")]);

        var next = await issuer.RefreshAsync(tokens.RefreshToken, TestContext.Current.CancellationToken);

        foreach (var token in new[] { tokens.AccessToken, next!.AccessToken })
        {
            var claims = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Claims.ToLookup(claim => claim.Type, claim => claim.Value);
            Assert.Equal(["other", "model"], claims[ApiKeyDefaults.ModelClaim]);
            Assert.Equal(["tea"], claims["team"]);
            Assert.Equal(200, await PredictAsync(host, token));
        }
    }

    [Theory]
    [InlineData("sub", "root", "ann")]
    [InlineData("scope", "read write", "read")]
    [InlineData("iss", "else", "flama")]
    [InlineData("aud", "else", "flama")]
    [InlineData("exp", "99999999999", null)]
    [InlineData("jti", "mine", null)]
    public async Task Claims_OfTheTokensOwn_AreNotTheCallers(string name, string given, string? kept)
    {
        await using var host = await StartAsync();

        var token = host.Services.GetRequiredService<TokenIssuer>().Issue("ann", ["read"], [KeyValuePair.Create(name, given)]).AccessToken;

        var value = Assert.Single(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Claims, claim => claim.Type == name).Value;
        Assert.NotEqual(given, value);
        Assert.Equal(kept ?? value, value);
        Assert.Equal((200, 403), (await AskAsync(host, "/read", token), await AskAsync(host, "/both", token)));
    }

    [Fact]
    public async Task Refresh_WithAStore_IsGoodOnce()
    {
        TokenIssuer issuer = new(Options.Create(new IssuedTokenOptions { Secret = new string('s', 32) }), TimeProvider.System, new Once());
        var tokens = issuer.Issue("ann", ["read"]);

        Assert.NotNull(await issuer.RefreshAsync(tokens.RefreshToken, TestContext.Current.CancellationToken));
        Assert.Null(await issuer.RefreshAsync(tokens.RefreshToken, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true, 401, 200, 403)]
    [InlineData(false, 200, 200, 200)]
    public async Task Models_AskForTheScopePredict(bool protects, int without, int predict, int read)
    {
        await using var host = await StartAsync(configure: tokens => tokens.ProtectsModels = protects);
        var issuer = host.Services.GetRequiredService<TokenIssuer>();

        Assert.Equal((without, predict, read), (
            await PredictAsync(host, null), await PredictAsync(host, issuer.Issue("a", ["predict"]).AccessToken), await PredictAsync(host, issuer.Issue("a", ["read"]).AccessToken)));
    }

    [Fact]
    public async Task Secret_ThatIsShort_StopsTheStart()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(configure: tokens => tokens.Secret = "short"));

        Assert.Contains("IssuedTokenOptions.Secret must have 32 bytes or more", failure.Message, StringComparison.Ordinal);
    }

    private static Task<FlamaHost> StartAsync(TimeProvider? clock = null, Action<IssuedTokenOptions>? configure = null) => FlamaHost.StartAsync(
        app =>
        {
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapModel("/model/", FakeModels.Linear());
            app.MapGet("/read", () => "read").RequireScopes("read");
            app.MapGet("/both", () => "both").RequireScopes("read", "write");
            app.MapGet("/me", (ClaimsPrincipal user) => TypedResults.Json($"{user.Identity!.Name} {user.FindFirstValue("team")}")).RequireAuthorization();
        },
        configure: builder =>
        {
            if (clock is not null)
            {
                builder.Services.AddSingleton(clock);
            }

            builder.Services.AddFlamaHosting().AddTokenIssuer(tokens =>
            {
                tokens.Secret = new string('s', 32);
                configure?.Invoke(tokens);
            });
        });

    private static async Task<int> AskAsync(FlamaHost host, string path, string? token) =>
        (token is null ? await host.GetAsync(path) : await host.GetAsync(path, ("Authorization", $"Bearer {token}"))).Status;

    private static async Task<int> PredictAsync(FlamaHost host, string? token)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/model/predict/") { Content = new StringContent("""{"input":[[1,1]]}""", System.Text.Encoding.UTF8, "application/json") };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private sealed class Once : IRefreshTokenStore
    {
        private readonly HashSet<string> used = [];

        public ValueTask<bool> TryUseAsync(string id, string subject, DateTimeOffset expires, CancellationToken cancellationToken) => ValueTask.FromResult(used.Add(id));
    }
}
