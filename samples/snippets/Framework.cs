using System.Net;
using System.Net.ServerSentEvents;
using System.Security.Claims;
using System.Text.Json;
using Flama;
using Flama.AspNetCore;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Snippets;

/// <summary>What an application has beside its models, one line or a few for each.</summary>
internal static class Framework
{
    public static void Application(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFlama(flama => flama.Title = "Puppies");

        var app = builder.Build();
        app.UseFlamaErrors();
        app.MapGet("/", () => "Hello 🔥");
        app.MapFlama();
        app.Run();
    }

    public static void Services(WebApplicationBuilder builder)
    {
        builder.Services.AddCors();
        builder.Services.AddResponseCompression();
        builder.Services.AddDistributedMemoryCache().AddSession();
        builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["api.example", "*.api.example"]);
        builder.Services.AddBackgroundTasks(tasks => tasks.Capacity = 1000);
        builder.Services.AddHttpLogging(logging => logging.LoggingFields = HttpLoggingFields.RequestPath | HttpLoggingFields.ResponseStatusCode);
        builder.Services.AddSingleton<IHttpLoggingInterceptor, Records>();
        builder.Services.AddHostedService<Clock>();
        builder.Services.AddScoped<User>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHttpClient("shop", client => client.BaseAddress = new Uri("https://shop.example"));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddFlama().ConfigureHttp(http => http.Debug = builder.Environment.IsDevelopment());
        builder.Services.AddFlama().AddModel("xor", "xor.flm");
        builder.Configuration.AddJsonFile("settings.json", optional: true).AddEnvironmentVariables();
        var shop = builder.Configuration.GetSection("Shop").Get<ShopOptions>();
        builder.Services.AddSingleton(shop ?? new());
    }

    public static void Tokens(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama().AddTokenIssuer(tokens => tokens.Secret = builder.Configuration["TokenSecret"]!);

        var app = builder.Build();
        app.UseFlamaErrors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/login", async (Login login, Users users, TokenIssuer issuer) => await users.FindAsync(login) is { } user
            ? Results.Ok(issuer.Issue(user.Name, user.Scopes))
            : Results.Unauthorized());
        app.MapPost("/refresh", async (Renewal renewal, TokenIssuer issuer) => await issuer.RefreshAsync(renewal.Token) is { } tokens ? Results.Ok(tokens) : Results.Unauthorized());
        app.MapGet("/me", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
        app.MapGet("/orders", () => "all of them").RequireScopes("orders.read");
    }

    public static void Issuers(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama().AddFlamaTokens(tokens => (tokens.Issuer, tokens.Audience) = ("https://id.example", "puppies"));
    }

    public static void Middleware(WebApplication app)
    {
        app.UseFlamaRequestIds();
        app.UseHttpLogging();
        app.UseFlamaErrors();
        app.UseHostFiltering();
        app.UseHttpsRedirection();
        app.UseCors(origins => origins.WithOrigins("https://shop.example").WithMethods("GET", "POST").AllowCredentials());
        app.UseResponseCompression();
        app.UseSession();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(async (context, next) =>
        {
            context.Response.Headers["X-Served-By"] = "puppies";
            await next(context);
        });
    }

    public static void Answers(WebApplication app)
    {
        app.MapGet("/json", () => new { name = "rex" });
        app.MapGet("/text", () => TypedResults.Text("plain"));
        app.MapGet("/html", () => TypedResults.Content("<h1>Hi</h1>", "text/html; charset=utf-8"));
        app.MapGet("/file", () => TypedResults.PhysicalFile("/srv/report.pdf", "application/pdf"));
        app.MapGet("/old", () => TypedResults.Redirect("/new", preserveMethod: true));
        app.MapGet("/teapot", () => TypedResults.Problem("I am a teapot", statusCode: 418));
        app.MapGet("/events", (CancellationToken ct) => TypedResults.ServerSentEvents(TicksAsync(ct)));
        app.MapGet("/lines", () => TypedResults.Stream(async body =>
        {
            await foreach (var tick in TicksAsync(default))
            {
                await JsonSerializer.SerializeAsync(body, tick.Data);
                await body.WriteAsync("\n"u8.ToArray());
            }
        }, "application/x-ndjson"));
        app.MapGet("/missing", IResult () => throw new FlamaException(ErrorCodes.InvalidInput, "There is no puppy 7.", "List them at /puppies/."));
    }

    public static void Requests(WebApplication app)
    {
        app.MapGet("/puppies/{id:int}", (int id, string? name, [Microsoft.AspNetCore.Mvc.FromHeader(Name = "X-Shop")] string? shop) => new { id, name, shop });
        app.MapPost("/puppies", (Puppy puppy) => TypedResults.Created($"/puppies/{puppy.Id}", puppy));
        app.MapMethods("/puppies", ["QUERY"], (Search search) => search.Names);
        app.MapPost("/photos", async (IFormFile photo, CancellationToken ct) =>
        {
            await using var file = File.Create(Path.GetTempFileName());
            await photo.CopyToAsync(file, ct);
            return photo.Length;
        }).DisableAntiforgery();
        app.MapGet("/client", (HttpRequest request) => $"{request.HttpContext.Connection.RemoteIpAddress} {request.Headers.UserAgent}");
        app.MapGet("/count", (HttpContext context) =>
        {
            context.Session.SetInt32("n", (context.Session.GetInt32("n") ?? 0) + 1);
            return context.Session.GetInt32("n");
        });
        app.MapGet("/shout", (User user) => user.Name.ToUpperInvariant());
        app.MapGet("/xor/{a}/{b}", (int a, int b, [FromKeyedServices("xor")] ServedModel xor) => xor.PredictNumbers([[a, b]])[0]);
        app.MapGroup("/admin").RequireScopes("admin").MapGet("/stop", (IHostApplicationLifetime lifetime) => lifetime.StopApplication());
        app.MapGet("/described", () => "text").WithTags("Home").WithSummary("Says a word").WithDescription("A longer text about it.");
        app.MapGet("/hidden", () => "not in the document").ExcludeFromDescription();
    }

    public static void Background(WebApplication app)
    {
        app.MapPost("/orders", (Order order, HttpContext context, BackgroundTasks tasks) =>
        {
            tasks.RunAfterAnswer(context, (services, ct) => services.GetRequiredService<Mailer>().ThankAsync(order, ct));
            return TypedResults.Accepted($"/orders/{order.Id}");
        });
    }

    public static void Sockets(WebApplication app)
    {
        app.MapWebSocket("/echo", async socket =>
        {
            await foreach (var text in socket.ReadTextAsync())
            {
                await socket.SendTextAsync($"echo: {text}");
            }
        });
        app.MapWebSocket("/prices", async socket =>
        {
            await foreach (var order in socket.ReadJsonAsync<Order>())
            {
                await socket.SendJsonAsync(new { order!.Id, Price = 9.5 });
            }
        });
    }

    public static void Calls(WebApplication app)
    {
        app.MapJsonRpc("/rpc", rpc => rpc
            .Add("sum", (double[] numbers, JsonRpcCall _) => numbers.Sum())
            .Add("order", async (Order order, JsonRpcCall call) => await StoreAsync(order, call.Cancelled))
            .Add<Order, int>("cancel", int (_, _) => throw new JsonRpcException(404, "There is no such order.")));
    }

    private static Task<int> StoreAsync(Order order, CancellationToken cancellationToken) => Task.FromResult(order.Id).WaitAsync(cancellationToken);

    private static async IAsyncEnumerable<SseItem<int>> TicksAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var n = 0; n < 3; n++)
        {
            yield return new SseItem<int>(n, "tick") { EventId = $"{n}" };
            await Task.Delay(100, cancellationToken);
        }
    }

    internal sealed record Puppy(int Id, string Name, double? Age);

    internal sealed record Search(string[] Names);

    internal sealed record Order(int Id);

    internal sealed record Login(string Name, string Password);

    internal sealed record Renewal(string Token);

    internal sealed record Account(string Name, string[] Scopes);

    internal sealed class ShopOptions
    {
        public string Name { get; set; } = "";
    }

    internal sealed class Users(Dictionary<Login, Account> all)
    {
        public Task<Account?> FindAsync(Login login) => Task.FromResult(all.GetValueOrDefault(login));
    }

    internal sealed class Mailer(TimeProvider time)
    {
        public Task ThankAsync(Order order, CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(order.Id), time, cancellationToken);
    }

    internal sealed class User(IHttpContextAccessor http)
    {
        public string Name => http.HttpContext!.Request.Headers["X-User"].FirstOrDefault() ?? "nobody";
    }

    internal sealed class Clock : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Delay(Timeout.Infinite, stoppingToken);
    }

    internal sealed class Records : IHttpLoggingInterceptor
    {
        public ValueTask OnRequestAsync(HttpLoggingInterceptorContext logContext) => ValueTask.CompletedTask;

        public ValueTask OnResponseAsync(HttpLoggingInterceptorContext logContext)
        {
            logContext.AddParameter("Shop", logContext.HttpContext.Response.StatusCode == (int)HttpStatusCode.OK ? "open" : "shut");
            return ValueTask.CompletedTask;
        }
    }
}
