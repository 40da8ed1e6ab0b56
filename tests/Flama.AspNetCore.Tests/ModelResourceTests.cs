using System.Text.Json;
using Flama.Hosting;
using Flama.Tests;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Tests;

/// <summary>Resources whose model is a package with the artifact <c>artifact.json</c>, and what is wrong with some of them.</summary>
public sealed class ModelResourceTests
{
    private const string Row = """[[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]]""";

    [Fact]
    public async Task OwnMethod_WithBodyServicesAndArtifact_AnswersBesideTheBuiltIns()
    {
        await using var host = await StartAsync<Churn>(services => services.AddScoped<Factor>());

        var loss = await host.PostAsync("/churn/loss/", $$"""{"input":{{Row}}}""");
        var predicted = await host.PostAsync("/churn/predict/", $$"""{"input":{{Row}}}""");
        var again = await host.GetAsync("/churn/again/7?times=3");

        Assert.Equal((200, """{"output":[10424.589190078439]}"""), (loss.Status, loss.Body));
        Assert.Equal("""{"output":[0]}""", predicted.Body);
        Assert.Equal("21", again.Body);
    }

    [Fact]
    public async Task Requests_OfOneResource_HaveObjectsOfTheirOwn_WhichAreDisposed()
    {
        Churn.Made = Churn.Ended = 0;
        await using var host = await StartAsync<Churn>(services => services.AddScoped<Factor>());
        var made = Churn.Made;

        await host.PostAsync("/churn/loss/", $$"""{"input":{{Row}}}""");
        await host.PostAsync("/churn/loss/", $$"""{"input":{{Row}}}""");

        Assert.Equal(2, Churn.Made - made);
        Assert.Equal(Churn.Made, Churn.Ended);
    }

    [Fact]
    public async Task BadBody_IsAProblem_AsAtBuiltIns()
    {
        await using var host = await StartAsync<Churn>(services => services.AddScoped<Factor>());

        var broken = await host.PostAsync("/churn/loss/", """{"input":[""");
        var lacking = await host.PostAsync("/churn/strict/", "{}");
        var wrong = await host.PostAsync("/churn/strict/", """{"spent":[1,"x"]}""");
        var narrow = await host.PostAsync("/churn/loss/", """{"input":[[1]]}""");
        var typed = await host.GetAsync("/churn/again/seven?times=3");

        Assert.Equal((400, "application/problem+json"), (broken.Status, broken.ContentType));
        Assert.Equal("The body is not JSON: it goes wrong in line 1 at byte 10. Send JSON.", broken.Json.GetProperty("detail").GetString());
        Assert.Equal("The body lacks 'spent'. The API's document shows the form.", lacking.Json.GetProperty("detail").GetString());
        Assert.Equal("'spent[1]' in the body is not of the type that is expected there. The API's document shows the form.", wrong.Json.GetProperty("detail").GetString());
        Assert.Equal("Row 0 has 1 feature, expected 13.", narrow.Json.GetProperty("errors")[0].GetProperty("msg").GetString());
        Assert.Equal((400, "application/problem+json"), (typed.Status, typed.ContentType));
    }

    [Theory]
    [InlineData("/churn/strict/", 413)]
    [InlineData("/churn/large/", 200)]
    public async Task OwnMethod_HasTheLimitsOfBuiltIns_UnlessItSaysOthers(string path, int status)
    {
        await using var host = await StartAsync<Churn>(services =>
        {
            services.AddScoped<Factor>();
            services.Configure<FlamaHttpOptions>(http => http.MaxRequestBodyBytes = 100);
        });

        var answer = await host.PostAsync(path, $$"""{"spent":[{{string.Join(",", Enumerable.Repeat("1", 100))}}]}""");

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task BuiltIns_CanBeReplacedAndLeftOut()
    {
        await using var host = await StartAsync<Narrow>();

        var inspected = await host.GetAsync("/churn/");
        var predicted = await host.PostAsync("/churn/predict/", $$"""{"input":{{Row}}}""");
        var left = await host.PostAsync("/churn/predict_proba/", $$"""{"input":{{Row}}}""");
        var stream = await host.PostAsync("/churn/stream/", "[[1]]\n", "application/x-ndjson");
        var logs = await host.PostAsync("/churn/predict_log_proba/", $$"""{"input":{{Row}}}""");

        Assert.Equal("mine", inspected.Body);
        Assert.Equal("""{"stay":[true]}""", predicted.Body);
        Assert.Equal((404, 404, 200), (left.Status, stream.Status, logs.Status));
    }

    [Fact]
    public async Task Document_ShowsOwnMethods_WithTagSummaryAndDescription()
    {
        await using var host = await StartAsync<Churn>(services => services.AddScoped<Factor>());

        var paths = (await host.GetAsync("/schema/")).Json.GetProperty("paths");
        var loss = paths.GetProperty("/churn/loss/").GetProperty("post");
        var again = paths.GetProperty("/churn/again/{number}/").GetProperty("get");

        Assert.Equal("model-predict-loss", loss.GetProperty("operationId").GetString());
        Assert.Equal("Churn model", loss.GetProperty("tags")[0].GetString());
        Assert.Equal("Expected loss", loss.GetProperty("summary").GetString());
        Assert.Equal("At length.", loss.GetProperty("description").GetString());
        Assert.True(loss.GetProperty("responses").TryGetProperty("400", out _));
        Assert.Equal(["Numbers"], again.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal("churn_predict", paths.GetProperty("/churn/predict/").GetProperty("post").GetProperty("operationId").GetString());
        Assert.Equal("Churn model", paths.GetProperty("/churn/predict/").GetProperty("post").GetProperty("tags")[0].GetString());
    }

    [Fact]
    public async Task ModelOfTheApplication_IsTheOneOfItsName_AndAMissingOneStopsTheStart()
    {
        await using var host = await FlamaHost.StartAsync(
            app => app.MapModelResource<OfName>("/x"),
            configure: builder => builder.Services.AddFlama().AddModel("named", Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm")));

        var failure = await Assert.ThrowsAsync<FlamaException>(() => FlamaHost.StartAsync(app => app.MapModelResource<OfName>("/x")));

        Assert.Equal("Pipeline", (await host.GetAsync("/x/class")).Body);
        Assert.Equal("'OfName' has no model: it has no ModelPath, and there is no model of the name 'named'.", failure.Message);
    }

    [Fact]
    public async Task Start_WithWhatCannotWork_NamesClassMethodAndFix()
    {
        (string Message, string Remedy)[] failures =
        [
            await FailAsync<Hidden>(), await FailAsync<Generic>(), await FailAsync<TwoBodies>(), await FailAsync<Same>(), await FailAsync<Lacking>(), await FailAsync<Needy>(),
            await FailAsync<NoFile>(),
        ];

        Assert.Equal(("'Hidden.Secret' cannot answer requests: it is not public.", "Make it public."), failures[0]);
        Assert.Equal(("'Generic.Any' cannot answer requests: it has type parameters.", "Name the types."), failures[1]);
        Assert.StartsWith("'TwoBodies.Take' cannot answer 'POST /churn/two/': ", failures[2].Message, StringComparison.Ordinal);
        Assert.Equal("'Same.B' answers 'GET /a/', and so does 'A'.", failures[3].Message);
        Assert.Equal(("'Lacking' needs the artifact 'more.json', and its model has only artifact.json.", "Package the model with it: flama package MODEL --artifact more.json."), failures[4]);
        Assert.StartsWith("'Needy' cannot be made: ", failures[5].Message, StringComparison.Ordinal);
        Assert.Contains("nowhere.flm", failures[6].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoResources_AtOnePath_StopTheStart()
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(() => FlamaHost.StartAsync(
            app =>
            {
                app.MapModelResource<Narrow>("/churn");
                app.MapModelResource<Plain>("/churn/");
            },
            configure: builder => builder.Services.AddFlama()));

        Assert.Equal("Models 'Narrow' and 'Plain' are both mapped to '/churn/'.", failure.Message);
    }

    [Fact]
    public async Task Replacement_WithoutARequiredArtifact_IsRefused_AndTheOldOneServes()
    {
        await using var host = await FlamaHost.StartAsync(
            app => app.MapModelResource<Required>("/x"),
            configure: builder => builder.Services.AddFlama().AddModel("required", Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm")));
        var served = host.Services.GetRequiredService<ServedModels>()["required"];

        var failure = Assert.Throws<FlamaException>(() => served.Replace(new LoadedModel(FakeModels.Constant(1))));

        Assert.Equal("'Required' needs the artifact 'artifact.json', and its model has none.", failure.Message);
        Assert.Equal("0.2", (await host.GetAsync("/x/agents")).Body);
    }

    private static Task<FlamaHost> StartAsync<TResource>(Action<IServiceCollection>? configure = null)
        where TResource : ModelResource => FlamaHost.StartAsync(
            app => app.MapModelResource<TResource>("/churn"),
            configure: builder =>
            {
                builder.Services.AddFlama();
                configure?.Invoke(builder.Services);
            });

    private static async Task<(string Message, string Remedy)> FailAsync<TResource>()
        where TResource : ModelResource
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(() => StartAsync<TResource>());
        return (failure.Message, failure.Remedy ?? "");
    }

    public sealed record Customers([property: System.Text.Json.Serialization.JsonPropertyName("input")] JsonElement Rows);

    public sealed record Losses(double[] Output);

    public sealed class Strict
    {
        public required double[] Spent { get; init; }
    }

    public sealed class Factor : IAsyncDisposable
    {
        public double Value { get; } = 2;

        // A scope with such a service can only end asynchronously.
        public ValueTask DisposeAsync() => default;
    }

    public abstract class OfFile : ModelResource
    {
        public override string? ModelPath => Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
    }

    public sealed class Churn : OfFile, IDisposable
    {
        private readonly Factor factor;

        public Churn(Factor factor)
        {
            this.factor = factor;
            Made++;
        }

        public static int Made { get; set; }

        public static int Ended { get; set; }

        public override string Name => "churn";

        public override string VerboseName => "Churn model";

        [ResourceMethod("/loss/", "POST", Name = "model-predict-loss", Summary = "Expected loss", Description = "At length.")]
        public async Task<Losses> LossAsync(Customers customers, CancellationToken cancellationToken)
        {
            await Task.Delay(1, cancellationToken);
            var costs = Artifacts["artifact.json"].ReadJson();
            using var output = Model.Invoke(ModelMethod.PredictProba, ModelRows.OfJson(customers.Rows));
            var balance = customers.Rows[0][8].GetDouble();
            return new([factor.Value * output.Batch.Row(0)[0]
                * ((costs.GetProperty("agents_per_client").GetDouble() * balance) - costs.GetProperty("operational_cost").GetDouble())]);
        }

        [ResourceMethod("/strict/", "POST")]
        public static int Strict(Strict input) => input.Spent.Length;

        [ResourceMethod("/large/", "POST")]
        [RequestSizeLimit(10_000)]
        public static int Large(Strict input) => input.Spent.Length;

        [ResourceMethod("/again/{number}")]
        [Tags("Numbers")]
        public static int Again(int number, [FromQuery] int times) => number * times;

        public void Dispose() => Ended++;
    }

    public sealed class Narrow : OfFile
    {
        [ResourceMethod("/")]
        public static string Show() => "mine";

        [ResourceMethod("/predict/", "POST")]
        public IResult Predict(Customers customers) => TypedResults.Ok(new { stay = Model.PredictLabels(ModelRows.OfJson(customers.Rows)).Select(label => label == "0") });

        public override bool Maps(string method) => method is not ("predict_proba" or "stream");
    }

    public sealed class Plain : OfFile;

    public sealed class OfName : ModelResource
    {
        public override string Name => "named";

        [ResourceMethod("/class")]
        public string Class() => Model.Metadata.ModelClass;
    }

    [RequiresArtifact("artifact.json")]
    public sealed class Required : ModelResource
    {
        public override string Name => "required";

        [ResourceMethod("/agents")]
        public double Agents() => OncePerModel(model => new Agent(model.Artifacts!["artifact.json"].ReadJson().GetProperty("agents_per_client").GetDouble())).PerClient;

        private sealed record Agent(double PerClient);
    }

    public sealed class Hidden : OfFile
    {
        [ResourceMethod("/a")]
        internal string Secret() => Name;
    }

    public sealed class Generic : OfFile
    {
        [ResourceMethod("/a")]
        public string Any<T>() => typeof(T).Name + Name;
    }

    public sealed class TwoBodies : OfFile
    {
        [ResourceMethod("/two", "POST")]
        public string Take(Customers one, Losses two) => Name + one + two;
    }

    public sealed class Same : OfFile
    {
        [ResourceMethod("/a")]
        public string A() => Name;

        [ResourceMethod("a/")]
        public string B() => Name;
    }

    [RequiresArtifact("more.json")]
    public sealed class Lacking : OfFile;

    public sealed class Needy(Factor factor) : OfFile
    {
        [ResourceMethod("/a")]
        public double A() => factor.Value;
    }

    public sealed class NoFile : ModelResource
    {
        public override string? ModelPath => "nowhere.flm";
    }
}
