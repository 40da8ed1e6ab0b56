using Flama.AspNetCore;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Flama.Hosting;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Tests;

public class MappingTests
{
    [Fact]
    public async Task MapModel_File_OpensLoadsAndServesIt()
    {
        var engine = new FakeEngine();
        var path = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zlib__sk1.4.2.flm");

        await using (var host = await FlamaHost.StartAsync(
            app => app.MapModel("/xor", path, name: "xor model"), flama: options => options.Engines.Add(engine)))
        {
            var inspected = await host.GetAsync("/xor/");
            var predicted = await host.PostAsync("/xor/predict/", """{"input":[[1,1]]}""");

            Assert.Equal("""{"output":["yes"]}""", predicted.Body);
            Assert.Equal("sklearn", engine.Source!.Framework);
            Assert.Equal("artifacts/foo.json", inspected.Json.GetProperty("artifacts").GetProperty("foo.json").GetString());
            Assert.False(engine.Model.IsDisposed);
        }

        Assert.True(engine.Model.IsDisposed);
    }

    [Fact]
    public async Task MapModel_LoadedModel_StaysTheCallers()
    {
        using var model = FakeModels.Linear();

        await using (await FlamaHost.StartAsync(model))
        {
        }

        Assert.False(model.IsDisposed);
    }

    [Fact]
    public async Task MapModel_MissingFile_FailsAtOnce()
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(() => FlamaHost.StartAsync(app => app.MapModel("/", "nowhere.flm")));

        Assert.Equal(ErrorCodes.FileNotFound, failure.Code);
    }

    [Fact]
    public void MapModel_WithoutAddFlama_NamesTheCall()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        var model = Assert.Throws<InvalidOperationException>(() => app.MapModel("/", FakeModels.Linear()));
        var file = Assert.Throws<InvalidOperationException>(() => app.MapModel("/", "x.flm"));
        var flama = Assert.Throws<InvalidOperationException>(() => app.MapFlama());

        Assert.Equal("MapModel needs the services of Flama. Call builder.Services.AddFlama() before the application is built.", model.Message);
        Assert.Equal(model.Message, file.Message);
        Assert.Equal("MapFlama needs the services of Flama. Call builder.Services.AddFlama() before the application is built.", flama.Message);
    }

    [Fact]
    public async Task MapModel_SamePathTwice_FailsAtOnce()
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(() => FlamaHost.StartAsync(app =>
        {
            app.MapModel("/a", FakeModels.Linear(), "first");
            app.MapModel("/A/", FakeModels.Text(), "second");
        }));

        Assert.Equal("Models 'first' and 'second' are both mapped to '/A/'.", failure.Message);
        Assert.Equal(ErrorCodes.InvalidOption, failure.Code);
    }

    [Fact]
    public async Task MapModel_SeveralModels_AnswerEachForItself()
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapModel("/", FakeModels.Linear());
            app.MapModel("/text", FakeModels.Text());
        });

        var linear = await host.PostAsync("/predict/", """{"input":[[1,1]]}""");
        var text = await host.PostAsync("/text/predict/", """{"input":["abc"]}""");

        Assert.Equal("""{"output":["yes"]}""", linear.Body);
        Assert.Equal("""{"output":[3]}""", text.Body);
    }

    [Fact]
    public async Task MapModel_Model_IsLoggedWithItsWarnings()
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapModel("/churn", FakeModels.Linear()));

        Assert.Contains(
            "Model churn (LinearClassifier, sklearn 1.4.2) is mapped to /churn/ with predict, predict_proba, decision_function",
            (await host.Log.FirstAsync(1001)).Text,
            StringComparison.Ordinal);
        Assert.Contains("Model churn: It was written by hand.", (await host.Log.FirstAsync(1002)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapModel_Conventions_ReachEveryEndpoint()
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapModel("/m", FakeModels.Linear()).RequireHost("elsewhere.example"));

        var inspect = await host.GetAsync("/m/");
        var predict = await host.PostAsync("/m/predict/", """{"input":[[1,1]]}""");

        Assert.Equal((404, 404), (inspect.Status, predict.Status));
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("xor", "/xor/")]
    [InlineData("/xor", "/xor/")]
    [InlineData("/xor/", "/xor/")]
    [InlineData("/a/b", "/a/b/")]
    public void Normalize_Path_HasSlashesAtBothEnds(string url, string expected) => Assert.Equal(expected, ModelUrl.Normalize(url));

    [Theory]
    [InlineData("//")]
    [InlineData("/a//b")]
    [InlineData("/a?b=1")]
    [InlineData("/a#b")]
    [InlineData("/ /")]
    public void Normalize_NoPath_IsRefused(string url)
    {
        var failure = Assert.Throws<FlamaException>(() => ModelUrl.Normalize(url));

        Assert.Equal(ErrorCodes.InvalidOption, failure.Code);
        Assert.Equal($"A model cannot be served at '{url}'.", failure.Message);
    }

    [Theory]
    [InlineData("/", "model")]
    [InlineData("/xor/", "xor")]
    [InlineData("/a/b/", "b")]
    public void DefaultName_Path_IsItsLastSegment(string url, string expected) => Assert.Equal(expected, ModelUrl.DefaultName(url));

    public static TheoryData<string, string> BadOptions => new()
    {
        { "title", "Title is empty." },
        { "schema", "SchemaPath is 'schema/'." },
        { "docs", "DocsPath is '/docs//x'." },
        { "docs-only", "DocsPath is '/docs/' and SchemaPath is empty: the docs page shows the schema." },
        { "same", "DocsPath and SchemaPath are both '/schema'." },
        { "zero", "MaxRequestBodyBytes is 0." },
        { "threads", "MaxDegreeOfParallelism is 0." },
        { "huge", "MaxRequestBodyBytes is 9223372036854775807." },
        { "memory", "MaxRequestMemoryBytes is 1048575." },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task AddFlama_OptionOutOfRange_FailsAtStart(string which, string message)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddFlama(options => Spoil(options, which)).ConfigureHttp(options => Spoil(options, which));
        await using var app = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
        {
            app.MapFlama();
            return app.StartAsync(TestContext.Current.CancellationToken);
        });

        Assert.StartsWith(message, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddFlama_Twice_ConfiguresTheSameOptions()
    {
        await using var host = await FlamaHost.StartAsync(
            app => app.MapModel("/", FakeModels.Linear()),
            configure: builder =>
            {
                builder.Services.AddFlama(options => options.Title = "First");
                builder.Services.AddFlama(options => options.Version = "2");
            });

        var info = (await host.GetAsync("/schema/")).Json.GetProperty("info");

        Assert.Equal(("First", "2"), (info.GetProperty("title").GetString(), info.GetProperty("version").GetString()));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("application/json", true)]
    [InlineData(" Application/JSON ; charset=x", true)]
    [InlineData("application/problem+json", true)]
    [InlineData("application/jsonp", false)]
    [InlineData("text/json", false)]
    [InlineData("application/+json", false)]
    [InlineData(";", false)]
    public void Is_ContentType_TellsJson(string? contentType, bool expected) => Assert.Equal(expected, JsonMediaType.Is(contentType));

    private static void Spoil(FlamaOptions options, string which)
    {
        switch (which)
        {
            case "title":
                options.Title = " ";
                break;
            case "threads":
                options.MaxDegreeOfParallelism = 0;
                break;
        }
    }

    private static void Spoil(FlamaHttpOptions options, string which)
    {
        switch (which)
        {
            case "schema":
                options.SchemaPath = "schema/";
                break;
            case "docs":
                options.DocsPath = "/docs//x";
                break;
            case "docs-only":
                options.SchemaPath = null;
                break;
            case "same":
                options.DocsPath = "/schema";
                break;
            case "zero":
                options.MaxRequestBodyBytes = 0;
                break;
            case "huge":
                options.MaxRequestBodyBytes = long.MaxValue;
                break;
            case "memory":
                options.MaxRequestMemoryBytes = (1 << 20) - 1;
                break;
        }
    }

    private sealed class FakeEngine : IModelEngine
    {
        public FakeModel Model { get; } = FakeModels.Linear();

        public ModelSource? Source { get; private set; }

        public string Name => "sklearn";

        public bool CanLoad(ModelSource source) => source.Format == ModelFormats.Pickle;

        public Model Load(ModelSource source, LoadOptions options)
        {
            Source = source;
            return Model;
        }
    }
}
