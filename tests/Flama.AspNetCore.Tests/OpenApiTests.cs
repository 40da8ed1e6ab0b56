using System.Text.Json;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Flama.Tests;

public class OpenApiTests
{
    [Theory]
    [InlineData("golden-schema-xor-pydantic.json")]
    [InlineData("golden-schema-xor-marshmallow.json")]
    [InlineData("golden-schema-churn-pydantic.json")]
    public async Task Get_Schema_HasEverythingTheOriginalHas(string fixture)
    {
        var golden = JsonDocument.Parse(await File.ReadAllTextAsync(Fixtures.PathOf("http", fixture), TestContext.Current.CancellationToken)).RootElement;
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var ours = await SchemaAsync(host);

        Assert.StartsWith("3.1.", ours.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.All(golden.GetProperty("info").EnumerateObject(), member => Assert.Equal(member.Value.GetString(), ours.GetProperty("info").GetProperty(member.Name).GetString()));
        foreach (var path in golden.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var mine = ours.GetProperty("paths").GetProperty(path.Name).GetProperty(operation.Name);
                Assert.Equal("model", mine.GetProperty("tags")[0].GetString());
                Assert.All(["summary", "description"], name => Assert.False(string.IsNullOrEmpty(mine.GetProperty(name).GetString())));
                Assert.All(operation.Value.GetProperty("responses").EnumerateObject(), response => Assert.True(mine.GetProperty("responses").TryGetProperty(response.Name, out _)));
                Assert.Equal(operation.Value.TryGetProperty("requestBody", out _), mine.TryGetProperty("requestBody", out _));
            }
        }

        foreach (var schema in golden.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            var mine = ours.GetProperty("components").GetProperty("schemas").GetProperty(schema.Name);
            Assert.All(schema.Value.GetProperty("properties").EnumerateObject(), property => Assert.True(mine.GetProperty("properties").TryGetProperty(property.Name, out _)));
            Assert.Equal(schema.Name["flama.".Length..], mine.GetProperty("title").GetString());
        }
    }

    [Fact]
    public async Task Get_Schema_OneModel_NamesItsComponentsAsTheOriginal()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var schemas = (await SchemaAsync(host)).GetProperty("components").GetProperty("schemas");

        Assert.Equal(
            "flama.APIError,flama.MLModelDecisionFunctionOutput,flama.MLModelInclude,flama.MLModelInput,flama.MLModelInspection,flama.MLModelOutput,flama.MLModelPredictProbaOutput",
            string.Join(",", schemas.EnumerateObject().Select(schema => schema.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Get_Schema_SeveralModels_HaveSchemasOfTheirOwn()
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapModel("/churn", FakeModels.Customer(), name: "churn model");
            app.MapModel("/text", FakeModels.Text());
            app.MapModel("/other", FakeModels.Doubler(), name: "text");
        });

        var schema = await SchemaAsync(host);

        Assert.Equal(
            "flama.APIError,flama.ChurnModelMLModelInclude,flama.ChurnModelMLModelInput,flama.ChurnModelMLModelOutput,flama.MLModelInspection,"
            + "flama.Text2MLModelInput,flama.Text2MLModelTransformOutput,flama.TextMLModelInclude,flama.TextMLModelInput,flama.TextMLModelOutput",
            string.Join(",", schema.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(item => item.Name).Order(StringComparer.Ordinal)));
        Assert.Equal("churn model", schema.GetProperty("paths").GetProperty("/churn/predict/").GetProperty("post").GetProperty("tags")[0].GetString());
    }

    [Fact]
    public async Task Get_Schema_NamedFeatures_DescribesListsAndObjects()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Customer());

        var rows = Input(await SchemaAsync(host)).GetProperty("items").GetProperty("anyOf");

        Assert.Equal((4, 4), (rows[0].GetProperty("minItems").GetInt32(), rows[0].GetProperty("maxItems").GetInt32()));
        var cells = rows[0].GetProperty("prefixItems");
        Assert.Equal(4, cells.GetArrayLength());
        Assert.Equal("""["France","Spain"]""", Compact(cells[1].GetProperty("enum")));
        Assert.Equal("""["null","boolean","number","string"]""", Compact(cells[2].GetProperty("type")));
        Assert.Equal("""["boolean","number"]""", Compact(cells[3].GetProperty("type")));
        Assert.Matches(cells[2].GetProperty("pattern").GetString()!, " 1_0.5e-3 ");
        Assert.DoesNotMatch(cells[2].GetProperty("pattern").GetString()!, "old");
        Assert.Equal("""["country","age","balance"]""", Compact(rows[1].GetProperty("required")));
        Assert.Equal("id,country,age,balance", string.Join(",", rows[1].GetProperty("properties").EnumerateObject().Select(property => property.Name)));
        Assert.False(rows[1].GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public async Task Get_Schema_PlainFeatures_DescribesTheirNumber()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var row = Input(await SchemaAsync(host)).GetProperty("items");

        Assert.Equal((2, 2), (row.GetProperty("minItems").GetInt32(), row.GetProperty("maxItems").GetInt32()));
        Assert.Equal("""["boolean","number"]""", Compact(row.GetProperty("items").GetProperty("type")));
    }

    [Fact]
    public async Task Get_Schema_RowsOfAnyForm_AreDescribed()
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapModel("/records", FakeModels.Counter(TableSpec.Unknown with { RowForm = RowForm.Record }));
            app.MapModel("/any", FakeModels.Counter(TableSpec.Unknown));
        });

        var schema = await SchemaAsync(host);
        var answer = await host.PostAsync("/records/predict/", """{"input":[{"a":1,"b":"x"},{"c":2}]}""");

        Assert.Equal("object", Input(schema, "flama.RecordsMLModelInput").GetProperty("items").GetProperty("type").GetString());
        Assert.Equal(2, Input(schema, "flama.AnyMLModelInput").GetProperty("items").GetProperty("anyOf").GetArrayLength());
        Assert.Equal("""{"output":[3,3]}""", answer.Body);
    }

    [Fact]
    public async Task Get_Schema_TextModel_TakesStrings()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Text());

        var rows = Input(await SchemaAsync(host)).GetProperty("items");

        Assert.Equal("string", rows.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Get_Schema_Labels_AreListed()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var output = (await SchemaAsync(host)).GetProperty("components").GetProperty("schemas").GetProperty("flama.MLModelOutput").GetProperty("properties");

        Assert.Equal("""["no","yes"]""", Compact(output.GetProperty("output").GetProperty("items").GetProperty("enum")));
        Assert.Equal("output,probabilities,classes,model_version,latency_ms", string.Join(",", output.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public async Task Get_Schema_Examples_WorkWhenPasted()
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapModel("/linear", FakeModels.Linear());
            app.MapModel("/customer", FakeModels.Customer());
            app.MapModel("/text", FakeModels.Text());
            app.MapModel("/doubler", FakeModels.Doubler());
            app.MapModel("/two", FakeModels.TwoOutputs());
            app.MapModel("/tensors", FakeModels.Tensors());
            app.MapModel("/widths", FakeModels.TwoWidths());
        });
        var tried = 0;

        foreach (var path in (await SchemaAsync(host)).GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("post", out var operation) || path.Name.EndsWith("/stream/", StringComparison.Ordinal))
            {
                continue;
            }

            var expected = operation.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example");
            foreach (var example in operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject())
            {
                var answer = await host.PostAsync(path.Name, example.Value.GetProperty("value").GetRawText());
                Assert.Equal((200, Compact(expected)), (answer.Status, Compact(answer.Json)));
                tried++;
            }
        }

        Assert.Equal(13, tried);
    }

    [Fact]
    public async Task Get_Schema_ModelThatTakesNoExample_IsDescribedWithoutOne()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Throwing(() => new InvalidOperationException()));

        var operation = (await SchemaAsync(host)).GetProperty("paths").GetProperty("/predict/").GetProperty("post");

        Assert.False(operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("examples", out _));
        Assert.Contains(host.Log.All, line => line.Id == 3001);
    }

    [Fact]
    public async Task Get_Schema_MethodsThatTakeOtherRows_HaveInputsAndExamplesOfTheirOwn()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.TwoWidths());

        var schema = await SchemaAsync(host);

        Assert.Equal(3, Input(schema).GetProperty("items").GetProperty("minItems").GetInt32());
        Assert.Equal(1, Input(schema, "flama.MLModelInverseTransformInput").GetProperty("items").GetProperty("minItems").GetInt32());
        Assert.Equal("""{"input":[[0]]}""", Compact(Example(schema, "/inverse_transform/")));
    }

    [Fact]
    public async Task Get_Schema_MethodThatRefusesItsExample_LeavesTheOthersTheirs()
    {
        var model = FakeModels.Linear();
        await using var host = await FlamaHost.StartAsync(new FakeModel("M", [.. model.Methods, FakeModels.Throwing(() => new InvalidOperationException()).Methods[0].Renamed("score_samples")]));

        var schema = await SchemaAsync(host);

        Assert.Equal("""{"input":[[0,0]]}""", Compact(Example(schema, "/predict/")));
        Assert.False(Body(schema, "/score_samples/").TryGetProperty("examples", out _));
    }

    [Fact]
    public async Task Get_Schema_Security_IsToldForAllOrForEach()
    {
        await using var open = await FlamaHost.StartAsync(FakeModels.Linear());
        await using var closed = await FlamaHost.StartAsync(app =>
        {
            app.MapModel("/open", FakeModels.Linear());
            app.MapModel("/closed", FakeModels.Linear()).WithMetadata(new Microsoft.AspNetCore.Authorization.AuthorizeAttribute());
        });

        var all = await SchemaAsync(open);
        var each = (await SchemaAsync(closed)).GetProperty("paths");

        Assert.Equal("[]", Compact(all.GetProperty("security")));
        Assert.Equal("[]", Compact(each.GetProperty("/open/predict/").GetProperty("post").GetProperty("security")));
        Assert.False(each.GetProperty("/closed/predict/").GetProperty("post").TryGetProperty("security", out _));
        Assert.True(each.GetProperty("/closed/predict/").GetProperty("post").GetProperty("responses").TryGetProperty("401", out _));
    }

    [Fact]
    public async Task Get_Schema_Tensors_AreNestedLists()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Tensors());

        var schema = await SchemaAsync(host);

        var input = Input(schema);
        Assert.Equal("""["ids","weights"]""", Compact(input.GetProperty("required")));
        Assert.False(input.GetProperty("additionalProperties").GetBoolean());
        var weights = input.GetProperty("properties").GetProperty("weights");
        Assert.Equal("weights: float32[batch, 2], as nested lists.", weights.GetProperty("description").GetString());
        Assert.Equal((2, "number"), (weights.GetProperty("items").GetProperty("minItems").GetInt32(), weights.GetProperty("items").GetProperty("items").GetProperty("type").GetString()));
        Assert.Equal("int64", input.GetProperty("properties").GetProperty("ids").GetProperty("items").GetProperty("format").GetString());
        var output = schema.GetProperty("components").GetProperty("schemas").GetProperty("flama.MLModelOutput").GetProperty("properties").GetProperty("output");
        Assert.Equal("""["sums","doubled"]""", Compact(output.GetProperty("required")));
        Assert.Equal("integer", output.GetProperty("properties").GetProperty("doubled").GetProperty("items").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Get_Schema_SeveralOutputs_AreTypedByPosition()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.TwoOutputs());

        var output = (await SchemaAsync(host)).GetProperty("components").GetProperty("schemas").GetProperty("flama.MLModelOutput").GetProperty("properties");

        var row = output.GetProperty("output").GetProperty("items");
        Assert.Equal("""[{"enum":["no","yes"],"type":"string"},{"enum":[1,2,3],"type":"integer"}]""", Compact(row.GetProperty("prefixItems")));
        Assert.Equal("{}", Compact(row.GetProperty("items")));
        Assert.Equal(3, output.GetProperty("probabilities").GetProperty("prefixItems")[1].GetProperty("items").GetProperty("minItems").GetInt32());
        Assert.Equal("""{"type":"array","items":{}}""", Compact(output.GetProperty("classes").GetProperty("items")));
    }

    [Fact]
    public async Task Get_Schema_UsersEndpoints_AppearToo()
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.MapGet("/hello/{name}", (string name) => $"Hello {name}").WithTags("Home").WithSummary("Returns a greeting");
            app.MapGet("/hidden", () => "x").ExcludeFromDescription();
            app.MapModel("/m", FakeModels.Doubler());
        });

        var paths = (await SchemaAsync(host)).GetProperty("paths");

        Assert.Equal("/hello/{name},/m/,/m/transform/", string.Join(",", paths.EnumerateObject().Select(path => path.Name)));
        Assert.Equal("Returns a greeting", paths.GetProperty("/hello/{name}").GetProperty("get").GetProperty("summary").GetString());
        Assert.Equal("get", string.Join(",", paths.GetProperty("/m/").EnumerateObject().Select(operation => operation.Name)));
    }

    [Fact]
    public async Task Get_Schema_Group_HasItsPrefix()
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapGroup("/v1").MapModel("/m", FakeModels.Doubler()));

        var paths = (await SchemaAsync(host)).GetProperty("paths");
        var answer = await host.PostAsync("/v1/m/transform/", """{"input":[[2]]}""");

        Assert.Equal("/v1/m/,/v1/m/transform/", string.Join(",", paths.EnumerateObject().Select(path => path.Name)));
        Assert.Equal("""{"output":[[4.0]]}""", answer.Body);
    }

    [Fact]
    public async Task Get_Schema_Mounted_TellsTheServer()
    {
        await using var host = await FlamaHost.StartAsync(app =>
        {
            app.UsePathBase("/api/é");
            app.UseRouting();
            app.MapModel("/m", FakeModels.Doubler());
        });

        var mounted = (await host.GetAsync("/api/%C3%A9/schema/")).Json;
        var bare = (await host.GetAsync("/schema/")).Json;

        Assert.Equal("/api/%C3%A9", mounted.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Equal("/", bare.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.True(mounted.GetProperty("paths").TryGetProperty("/m/transform/", out _));
    }

    [Fact]
    public async Task Get_Schema_Options_AreItsTitleAndPath()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.SchemaPath = "/openapi.json", options =>
        {
            options.Title = "Flama \"ML\" é";
            options.Version = "9.9";
            options.Description = "A model";
        });

        var answer = await host.GetAsync("/openapi.json");
        var old = await host.GetAsync("/schema/");

        Assert.Equal("application/vnd.oai.openapi+json", answer.ContentType);
        Assert.Equal(
            ("Flama \"ML\" é", "9.9", "A model"),
            (Info(answer, "title"), Info(answer, "version"), Info(answer, "description")));
        Assert.Equal(404, old.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Get_SchemaSwitchedOff_Is404(string? path)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.SchemaPath = options.DocsPath = path);

        var schema = await host.GetAsync("/schema/");
        var docs = await host.GetAsync("/docs/");

        Assert.Equal((404, 404), (schema.Status, docs.Status));
        Assert.Equal("Nothing is served at '/schema/'.", schema.Json.GetProperty("detail").GetString());
    }

    private static string? Info(Answer answer, string member) => answer.Json.GetProperty("info").GetProperty(member).GetString();

    private static JsonElement Input(JsonElement schema, string component = "flama.MLModelInput") =>
        schema.GetProperty("components").GetProperty("schemas").GetProperty(component).GetProperty("properties").GetProperty("input");

    private static JsonElement Body(JsonElement schema, string path) => schema.GetProperty("paths").GetProperty(path).GetProperty("post")
        .GetProperty("requestBody").GetProperty("content").GetProperty("application/json");

    private static JsonElement Example(JsonElement schema, string path) => Body(schema, path).GetProperty("examples").EnumerateObject().First().Value.GetProperty("value");

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static async Task<JsonElement> SchemaAsync(FlamaHost host)
    {
        var answer = await host.GetAsync("/schema/");
        Assert.Equal(200, answer.Status);
        return answer.Json;
    }
}
