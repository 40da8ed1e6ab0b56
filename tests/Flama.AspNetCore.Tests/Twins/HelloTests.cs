using System.Text.Encodings.Web;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of a plain application: routes, parameters, bodies, answers, errors.</summary>
public sealed class HelloTests
{
    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(
            Map,
            configure: builder =>
            {
                builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
                builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
            },
            flama: flama => (flama.Title, flama.Version, flama.Description) = ("Hello", "1.0.0", "A small application"));

        await new TwinReplay("hello").RunAsync(twin);
    }

    private static void Map(WebApplication app)
    {
        app.MapMethods("/", ["GET", "HEAD"], () => TypedResults.Json("Hello 🔥"))
            .WithTags("Home").WithSummary("Returns a greeting").WithDescription("A longer text about the greeting.");
        app.MapGet("/dict/", () => new { b = 1, a = new object?[] { 1.0, null, true, "é" }, f = 1e-8 });
        app.MapGet("/list/", () => new[] { 1, 2, 3 });
        app.MapGet("/none/", () => TypedResults.Json<object?>(null));
        app.MapGet("/item/{id}/", (long id) => new { id });
        app.MapGet("/float/{value}/", (double value) => double.IsFinite(value) ? Results.Json(new { value }) : Error(400, "Not a number.", "ValidationError"));
        app.MapGet("/uuid/{value}/", (Guid value) => new { value });
        app.MapGet("/day/{value}/", (DateOnly value) => new { value, weekday = ((int)value.DayOfWeek + 6) % 7 });
        app.MapGet("/add/", (int x, string? tag, int y = 10, bool flag = false) => new { sum = x + y, flag, tag });
        app.MapPost("/puppy/", (Puppy puppy) => puppy with { Name = puppy.Name.ToUpperInvariant() });
        app.MapPost("/puppies/", (Puppy[] puppies) => puppies);
        app.MapGet("/bad-answer/", Puppy () => throw new InvalidOperationException("The compiler takes no other type."));
        app.MapGet("/teapot/", () => Error(418, "I am a teapot"));
        app.MapGet("/object-detail/", () => Error(409, new { field = new[] { "taken" } }));
        app.MapGet("/crash/", string () => throw new InvalidOperationException("secret text"));
        app.MapGet("/html/", () => TypedResults.Content("<h1>Hi</h1>", "text/html; charset=utf-8"));
        app.MapGet("/text/", (HttpResponse response) =>
        {
            response.Headers["X-Test"] = "1";
            return TypedResults.Text("plain é", "text/plain; charset=utf-8", statusCode: 202);
        });
        app.MapGet("/redirect/", () => TypedResults.Redirect("/dict/", preserveMethod: true));
        app.MapGet("/cookie/", (HttpResponse response) =>
        {
            response.Cookies.Append("name", "value", new CookieOptions { MaxAge = TimeSpan.FromSeconds(60), HttpOnly = true, SameSite = SameSiteMode.Lax });
            return new { ok = true };
        });
        app.MapPost("/echo/", async (HttpRequest request) =>
        {
            using StreamReader reader = new(request.Body);
            return new { method = request.Method, path = request.Path.Value, body = await reader.ReadToEndAsync(), agent = request.Headers.UserAgent.ToString() };
        });
        app.MapGroup("/sub").MapGet("/inner/", () => new { inner = true });
    }

    private static IResult Error(int status, object detail, string error = "HTTPException") => Results.Json(new { status_code = status, detail, error }, statusCode: status);

    private sealed record Puppy
    {
        public required int Id { get; init; }

        public required string Name { get; init; }

        public double? Age { get; init; }
    }
}
