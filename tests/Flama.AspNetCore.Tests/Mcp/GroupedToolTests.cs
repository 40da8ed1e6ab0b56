using Flama.AspNetCore;
using Flama.Hosting;
using Flama.Hosting.Repository;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Flama.Tests.Mcp;

/// <summary>Tools of models whose own paths have conventions of the application: policies, filters, limits.</summary>
public sealed class GroupedToolTests : IDisposable
{
    private static readonly string Xor = Fixtures.PathOf("http", "flama-2.2", "models", "xor.flm");
    private static readonly int[][] Ones = [[1, 1]];

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Policy_OfTheGroup_HoldsForTheTools()
    {
        await using var host = await StartAsync(app =>
        {
            app.MapGroup("/team").RequireAuthorization("Finance").MapModel("/yes/", FakeModels.Linear());
            app.MapModel("/double/", FakeModels.Doubler());
        });
        await using var stranger = await AgentClient.ConnectAsync(host, TokenOf(host, "tea"));
        await using var nobody = await AgentClient.ConnectAsync(host);
        await using var member = await AgentClient.ConnectAsync(host, TokenOf(host, "finance"));

        var refused = await stranger.CallAsync("yes_predict", Ones);
        var anonymous = await nobody.CallAsync("yes_predict", Ones);
        var answered = await member.CallAsync("yes_predict", Ones);

        Assert.Equal(401, (await host.PostAsync("/team/yes/predict/", """{"input":[[1,1]]}""")).Status);
        Assert.Equal((true, true), (refused.IsError, anonymous.IsError));
        Assert.StartsWith("forbidden: The credentials of the request do not allow 'predict' of the model 'yes'.", refused.Text(), StringComparison.Ordinal);
        Assert.Equal(refused.Text(), anonymous.Text());
        Assert.NotEqual(true, answered.IsError);
        Assert.Equal(["double_transform"], await stranger.ToolNamesAsync());
        Assert.Equal(["double_transform"], await nobody.ToolNamesAsync());
        Assert.Equal(["double_transform", "yes_decision_function", "yes_predict", "yes_predict_proba"], await member.ToolNamesAsync());
        Assert.Equal(["flama://models/double"], await CardsAsync(stranger));
        Assert.Equal(["flama://models/double", "flama://models/yes"], await CardsAsync(member));
        await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(stranger, "flama://models/yes"));
        Assert.Contains("LinearClassifier", await ReadAsync(member, "flama://models/yes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_OfTheFallback_HoldsForTheTools()
    {
        await using var host = await StartAsync(
            app =>
            {
                app.MapModel("/yes/", FakeModels.Linear());
                app.MapModel("/double/", FakeModels.Doubler()).AllowAnonymous();
            },
            builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(Finance));
        await using var nobody = await AgentClient.ConnectAsync(host);
        await using var member = await AgentClient.ConnectAsync(host, TokenOf(host, "finance"));

        Assert.Equal(["double_transform"], await nobody.ToolNamesAsync());
        Assert.Equal(4, (await member.ToolNamesAsync()).Length);
        Assert.StartsWith("forbidden: ", (await nobody.CallAsync("yes_predict", Ones)).Text(), StringComparison.Ordinal);
        Assert.NotEqual(true, (await nobody.CallAsync("double_transform", new[] { new[] { 1 } })).IsError);
    }

    [Fact]
    public async Task Filter_OfTheGroup_RunsForCallsWithTheCaller()
    {
        List<string?> callers = [];
        await using var host = await StartAsync(app => app.MapGroup("").RequireAuthorization("Finance").AddEndpointFilter(async (context, next) =>
        {
            callers.Add(context.HttpContext.User.Identity?.Name);
            return callers.Count > 1 ? TypedResults.Problem("Enough for today.", statusCode: 409) : await next(context);
        }).MapModel("/yes/", FakeModels.Linear()));
        await using var member = await AgentClient.ConnectAsync(host, TokenOf(host, "finance"));

        var first = await member.CallAsync("yes_predict", Ones);
        var second = await member.CallAsync("yes_predict", Ones);

        Assert.Equal("""{"output":["yes"],"probabilities":[[0.25,0.75]],"classes":["no","yes"]}""", first.Text());
        Assert.True(second.IsError);
        Assert.Contains("Enough for today.", second.Text(), StringComparison.Ordinal);
        Assert.Equal(["ann", "ann"], callers);
    }

    [Fact]
    public async Task Model_WithTwoPaths_IsUsedByTheOneThatLetsIn()
    {
        await using var host = await StartAsync(app =>
        {
            ServedModel served = new("yes", new LoadedModel(FakeModels.Linear()));
            app.Services.GetRequiredService<ServedModels>().Add(served);
            app.MapModel("/closed/", served).RequireAuthorization("Finance");
            app.MapModel("/open/", served);
        });
        await using var nobody = await AgentClient.ConnectAsync(host);

        Assert.Equal(["yes_decision_function", "yes_predict", "yes_predict_proba"], await nobody.ToolNamesAsync());
        Assert.NotEqual(true, (await nobody.CallAsync("yes_predict", Ones)).IsError);
    }

    [Fact]
    public async Task Methods_ThatAResourceLeavesOutOrReplaces_AreNoTools()
    {
        await using var host = await StartAsync(app => app.MapModelResource<Narrow>("/xor"), builder => builder.Services.AddFlama().AddModel("xor", Xor));
        await using var client = await AgentClient.ConnectAsync(host);

        Assert.Equal(404, (await host.PostAsync("/xor/predict_proba/", """{"input":[[0,1]]}""")).Status);
        Assert.Equal(["xor_predict_log_proba"], await client.ToolNamesAsync());
        Assert.Contains("has no method 'predict_proba' here", (await client.CallAsync("xor_predict_proba", Ones)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_OfARepository_HoldsForItsTools()
    {
        Directory.CreateDirectory(directory.PathOf("first"));
        File.Copy(Xor, directory.PathOf("first/model.flm"));
        await using var host = await StartAsync(
            app => app.MapModels().RequireAuthorization("Finance"),
            builder => builder.Services.AddFlama().AddRepository(directory.Root, options => options.PollInterval = TimeSpan.Zero));
        await using var nobody = await AgentClient.ConnectAsync(host);
        await using var member = await AgentClient.ConnectAsync(host, TokenOf(host, "finance"));

        var refused = await nobody.CallAsync("first_predict", new[] { new[] { 0, 1 } });
        var isLoaded = host.Services.GetRequiredService<ModelRepository>().Models.Single().Default!.IsLoaded;
        var answered = await member.CallAsync("first_predict", new[] { new[] { 0, 1 } });

        Assert.StartsWith("forbidden: ", refused.Text(), StringComparison.Ordinal);
        Assert.False(isLoaded);
        Assert.StartsWith("""{"output":[1]""", answered.Text(), StringComparison.Ordinal);
        Assert.Empty(await nobody.ToolNamesAsync());
        Assert.Contains("first_predict", await member.ToolNamesAsync());
    }

    [Fact]
    public async Task Limits_OfTheEndpoint_HoldForCalls()
    {
        TaskCompletionSource begun = new(), stopped = new();
        await using var host = await StartAsync(app =>
        {
            app.MapModel("/yes/", FakeModels.Linear()).Finally(endpoint => endpoint.Metadata.Add(new RequestSizeLimitAttribute(30)));
            app.MapModel("/slow/", FakeModels.Endless(begun, stopped)).WithRequestTimeout(TimeSpan.FromMilliseconds(50));
        });
        await using var client = await AgentClient.ConnectAsync(host);

        var small = await client.CallAsync("yes_predict", Ones);
        var large = await client.CallAsync("yes_predict", Enumerable.Repeat(Ones[0], 10));
        var slow = await client.CallAsync("slow_predict", new[] { new[] { 1 } });

        Assert.NotEqual(true, small.IsError);
        Assert.StartsWith("input_too_large: The body is larger than the limit of 30 bytes.", large.Text(), StringComparison.Ordinal);
        Assert.StartsWith("timed_out: ", slow.Text(), StringComparison.Ordinal);
    }

    private static AuthorizationPolicy Finance => new AuthorizationPolicyBuilder(TokenDefaults.IssuedScheme).RequireClaim("team", "finance").Build();

    private static Task<FlamaHost> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null) => FlamaHost.StartAsync(
        app =>
        {
            app.UseAuthentication();
            app.UseAuthorization();
            map(app);
            app.MapMcp("/mcp").AllowAnonymous();
        },
        configure: builder =>
        {
            builder.Services.AddFlamaHosting().AddMcp().AddTokenIssuer(tokens => (tokens.Secret, tokens.ProtectsModels) = (new string('s', 32), false));
            builder.Services.AddAuthorizationBuilder().AddPolicy("Finance", Finance);
            configure?.Invoke(builder);
        });

    private static string TokenOf(FlamaHost host, string team) => host.Services.GetRequiredService<TokenIssuer>().Issue("ann", [], [KeyValuePair.Create("team", team)]).AccessToken;

    private static async Task<string[]> CardsAsync(ModelContextProtocol.Client.McpClient client) =>
        [.. (await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(card => card.Uri).Order(StringComparer.Ordinal)];

    private static async Task<string> ReadAsync(ModelContextProtocol.Client.McpClient client, string uri) =>
        Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync(uri, cancellationToken: TestContext.Current.CancellationToken)).Contents)).Text;

    internal sealed class Narrow : ModelResource
    {
        public override string Name => "xor";

        [ResourceMethod("/predict/", "POST")]
        public static string Predict() => "mine";

        public override bool Maps(string method) => method is not "predict_proba";
    }
}
