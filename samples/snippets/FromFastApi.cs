using Flama;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class FromFastApi
{
    public static void Application(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFlama(flama => flama.Title = "Churn")
            .AddModel("churn", "churn.pkl", model => model.Predicts<Customer, Answer>());

        var app = builder.Build();
        app.MapPost("/decide", ([FromKeyedServices("churn")] ServedModel churn, Customer customer) =>
        {
            var risk = churn.PredictOne<Customer, Answer>(customer).Leaves;
            return new Decision(risk > 0.5 ? "call" : "wait", risk);
        });
        app.MapModels();
        app.MapFlama();
        app.Run();
    }

    internal sealed record Customer(string? Country, double Age, [property: Feature("balance_eur")] double? Balance);

    internal sealed record Answer([property: Probability("yes")] double Leaves);

    internal sealed record Decision(string Action, double Risk);
}
