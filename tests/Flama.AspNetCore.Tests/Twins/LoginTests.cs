using System.Security.Claims;
using Flama.AspNetCore;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application that gives tokens and asks for them.</summary>
public sealed class LoginTests
{
    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(
            Map,
            configure: builder =>
            {
                builder.Services.AddFlamaHosting().AddTokenIssuer(tokens => tokens.Secret = "0123456789abcdef0123456789abcdef");

                // Clients of the original send this header, or a cookie.
                builder.Services.PostConfigure<JwtBearerOptions>(TokenDefaults.IssuedScheme, bearer => bearer.Events.OnMessageReceived = message =>
                {
                    var header = message.Request.Headers["access_token"].ToString();
                    message.Token = header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : message.Request.Cookies["access_token"];
                    return Task.CompletedTask;
                });
            });
        TwinReplay replay = null!;
        replay = new("jwt_login")
        {
            Answered = (id, answer) =>
            {
                Keep(replay, id, answer);
                return Task.CompletedTask;
            },
        };

        await replay.RunAsync(twin);
    }

    private static void Map(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/login/", (Login login, TokenIssuer issuer) => login.Password == "tea"
            ? Results.Ok(issuer.Issue(login.User, login.User == "admin" ? ["read", "write"] : ["read"]))
            : Results.Unauthorized());
        app.MapGet("/open/", () => new { open = true });
        app.MapGet("/me/", (ClaimsPrincipal user) => new { sub = user.FindFirstValue("sub"), data = new { permissions = user.FindAll("scope").Select(scope => scope.Value) } }).RequireAuthorization();
        app.MapGet("/read/", () => new { read = true }).RequireScopes("read");
        app.MapGet("/write/", () => new { write = true }).RequireScopes("write");
    }

    private static void Keep(TwinReplay replay, string id, Answer answer)
    {
        if (id is "login ann" or "login admin")
        {
            replay.Values[id == "login ann" ? "$ann" : "$admin"] = answer.Json.GetProperty("access_token").GetString()!;
            if (replay.Values.TryGetValue("$admin", out var admin))
            {
                replay.Values["$forged"] = $"{admin[..admin.LastIndexOf('.')]}{replay.Values["$ann"][replay.Values["$ann"].LastIndexOf('.')..]}";
            }
        }
    }

    private sealed record Login(string User, string Password);
}
