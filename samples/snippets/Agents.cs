using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Snippets;

internal static class Agents
{
    public static void Map(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama()
            .AddModel("churn", "churn.flm")
            .AddMcp();

        var app = builder.Build();
        app.MapMcp("/mcp");
    }

    public static void Own(WebApplicationBuilder builder)
    {
        builder.Services.AddMcpServer()
            .WithTools<Prices>()
            .WithPrompts<Greetings>();
    }

    [McpServerToolType]
    internal sealed class Prices
    {
        [McpServerTool(Name = "price", ReadOnly = true)]
        [Description("The price of a contract over some years.")]
        public static double Price(int years) => 120 * years;
    }

    [McpServerPromptType]
    internal sealed class Greetings
    {
        [McpServerPrompt(Name = "greet")]
        [Description("A greeting.")]
        public static string Greet(string name) => $"Say hello to {name}";
    }
}
