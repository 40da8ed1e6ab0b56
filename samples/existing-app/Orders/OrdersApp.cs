using Microsoft.AspNetCore.Authorization;

namespace Existing.Orders;

/// <summary>An application as there are many: with errors, authentication and an OpenAPI document of its own.</summary>
internal static class OrdersApp
{
    public static void AddOrders(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi();
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["help"] = "https://shop.example/help");
        builder.Services.AddAuthentication(CustomerKey.Scheme).AddScheme<CustomerKeyOptions, CustomerKey>(CustomerKey.Scheme, null);

        // Whatever has no rule of its own wants a customer.
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public static void UseOrders(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapOpenApi().AllowAnonymous();
        app.MapGet("/orders/{id:int}", (int id) => id < 100 ? Results.Ok(new Order(id, "book")) : Results.NotFound()).WithTags("Orders");
        app.MapGet("/broken", string () => throw new InvalidOperationException("The database is away.")).AllowAnonymous();
    }

    internal sealed record Order(int Id, string Product);
}
