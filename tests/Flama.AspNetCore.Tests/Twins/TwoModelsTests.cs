using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application of three models.</summary>
public sealed class TwoModelsTests
{
    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(
            app => app.MapModels(),
            configure: builder => builder.Services.AddFlama()
                .AddModel("xor", PathOf("xor.flm"))
                .AddModel("churn-model", PathOf("churn.flm"), model => model.Url = "/churn")
                .AddModel("text", PathOf("text.flm")),
            flama: flama => (flama.Title, flama.Version, flama.Description) = ("Models", "2.0.0", "Several models"));

        await new TwinReplay("two_models").RunAsync(twin);
    }

    internal static string PathOf(string model) => Fixtures.PathOf("http", "flama-2.2", "models", model);
}
