using System.Text.Json;
using Flama.Packaging;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Flama.Tests;

public class InspectTests
{
    [Theory]
    [InlineData("xor")]
    [InlineData("churn")]
    public async Task Get_Model_ShowsWhatTheOriginalShows(string name)
    {
        var golden = JsonDocument.Parse(await File.ReadAllTextAsync(Fixtures.PathOf("http", $"golden-root-{name}.json"), TestContext.Current.CancellationToken)).RootElement;
        var meta = golden.GetProperty("meta");
        var artifacts = golden.GetProperty("artifacts");
        string[]? names = artifacts.ValueKind == JsonValueKind.Object ? [.. artifacts.EnumerateObject().Select(artifact => artifact.Name)] : null;
        await using var host = await FlamaHost.StartAsync(app => app.MapModel($"/{name}/", new Described(new ModelMetadata(meta))));

        var answer = await host.GetAsync($"/{name}/");
        var document = JsonDocument.Parse(InspectDocument.Write(new ModelMetadata(meta), names)).RootElement;

        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        Assert.Equal("meta,artifacts", string.Join(",", document.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(meta.GetRawText(), answer.Json.GetProperty("meta").GetRawText());
        Assert.Equal(Expected(names), document.GetProperty("artifacts").GetRawText());
    }

    [Theory]
    [InlineData("/churn")]
    [InlineData("/churn/")]
    public async Task Get_WithAndWithoutSlash_IsTheSame(string path)
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapModel("/churn", FakeModels.Customer()));

        var answer = await host.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Equal("Pipeline", answer.Json.GetProperty("meta").GetProperty("model").GetProperty("obj").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("artifacts").ValueKind);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/schema/")]
    [InlineData("/docs/")]
    [InlineData("/docs/start.js")]
    public async Task Head_GetRoutes_AnswerHeadersOnly(string path)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());

        var get = await host.GetAsync(path);
        var head = await host.SendAsync(HttpMethod.Head, path);

        Assert.Equal((200, string.Empty), (head.Status, head.Body));
        Assert.Equal(get.ContentType, head.ContentType);
        Assert.Equal(get.ContentHeaders.ContentLength, head.ContentHeaders.ContentLength);
    }

    private static string Expected(string[]? names) =>
        names is null ? "null" : $"{{{string.Join(",", names.Select(name => $"\"{name}\":\"artifacts/{name}\""))}}}";

    private sealed class Described(ModelMetadata metadata) : Model
    {
        public override ModelMetadata Metadata => metadata;

        public override IReadOnlyList<ModelMethod> Methods => [];
    }
}
