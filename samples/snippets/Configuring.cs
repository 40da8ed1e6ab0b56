using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Configuring
{
    public static void Application(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFlama()
            .AddApiKeys()
            .AddFlamaRateLimits()
            .AddFlamaCache()
            .AddPredictionLog();

        var app = builder.Build();
        app.UseFlamaErrors();
        app.UseFlamaRateLimits();
        app.MapModels();
        app.MapFlama();
        app.Run();
    }

    public static void Section(WebApplicationBuilder builder) =>
        builder.Services.AddFlama(builder.Configuration.GetSection("Serving"));
}
