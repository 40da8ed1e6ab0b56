using Flama.Hosting;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application with components of its own and a model as a parameter.</summary>
public sealed class InjectionTests
{
    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(
            Map,
            configure: builder =>
            {
                builder.Services.AddHttpContextAccessor();
                builder.Services.AddScoped(services => new User(services.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request.Headers["X-User"].FirstOrDefault() ?? "nobody"));
                builder.Services.AddScoped<Shout>();
                builder.Services.AddFlama().AddModel("xor", TwoModelsTests.PathOf("xor.flm"));
                builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
            });

        await new TwinReplay("injection").RunAsync(twin);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/user/", (User user) => TypedResults.Json(user.Name));
        app.MapGet("/shout/", (Shout shout, User user) => new { shout = shout.Text, user = user.Name });
        app.MapGet("/xor/{a}/{b}/", (int a, int b, [FromKeyedServices("xor")] ServedModel model) => new { xor = model.PredictNumbers([[a, b]])[0] });
    }

    private sealed record User(string Name);

    private sealed class Shout(User user)
    {
        public string Text => user.Name.ToUpperInvariant();
    }
}
