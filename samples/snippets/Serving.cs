using Flama.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Serving
{
    public static void Readme(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHealthChecks();
        builder.Services.AddFlama(flama => flama.Title = "Churn")
            .AddModel("churn", "churn.flm", model => model.ReloadOnChange());

        var app = builder.Build();
        app.MapModels();
        app.MapFlama();
        app.MapHealthChecks("/health");
        app.Run();
    }

    public static void Package(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFlama(flama => flama.Title = "Churn").AddModel("churn", "churn.flm");

        var app = builder.Build();
        app.MapModels();
        app.MapFlama();
        app.Run();
    }

    public static void Limits(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama()
            .AddModel("churn", "churn.flm", model => model.Url = "/models/churn/")
            .ConfigureHttp(http => http.MaxRequestBodyBytes = 1 << 20);

        var app = builder.Build();
        app.UseFlamaErrors();
        app.UseFlamaRequestLimits(limits => limits.MaxConcurrentRequests = 100);
        app.MapModels();
    }

    public static async Task AccessLines(WebApplication app)
    {
        await using AccessLog log = new(Console.OpenStandardOutput());
        app.UseFlamaAccessLog(log);
        await app.RunAsync();
    }
}
