using System.Text.Json;
using Flama.Data.Tests.Shop;

namespace Flama.Data.Tests;

/// <summary>What documents say of data resources.</summary>
public sealed class OpenApiTests(SqliteShop shop) : IClassFixture<SqliteShop>
{
    [Fact]
    public async Task Document_HasEveryVerb_ByName()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");

        Assert.Equal(
            ["delete customer_drop", "get customer_list", "patch customer_partial_replace", "post customer_create", "put customer_replace"], Operations(paths.GetProperty("/customers/")));
        Assert.Equal(
            ["delete customer_delete", "get customer_retrieve", "patch customer_partial_update", "put customer_update"], Operations(paths.GetProperty("/customers/{id}/")));
        Assert.Equal(["delete order_delete", "get order_retrieve", "patch order_partial_update"], Operations(paths.GetProperty("/orders/{id}/")));
        var list = paths.GetProperty("/customers/").GetProperty("get");
        Assert.Equal(("Customer", "List customer records"), (list.GetProperty("tags")[0].GetString(), list.GetProperty("summary").GetString()));
    }

    [Theory]
    [InlineData("/customers/", "get", "200 400 404 405 500 503 default")]
    [InlineData("/customers/", "post", "201 400 404 405 409 413 415 500 503 default")]
    [InlineData("/customers/", "delete", "204 400 404 405 409 500 503 default")]
    [InlineData("/customers/{id}/", "get", "200 400 404 405 500 503 default")]
    [InlineData("/customers/{id}/", "patch", "200 400 404 405 409 412 413 415 500 503 default")]
    [InlineData("/guarded/{id}/", "delete", "204 400 404 405 409 412 428 500 503 default")]
    [InlineData("/moments/{id}/", "put", "200 400 404 405 409 413 415 500 503 default")]
    public async Task Answers_AreThoseThatThereAre(string path, string method, string statuses)
    {
        var responses = (await DocumentAsync()).GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses");

        Assert.Equal(statuses, string.Join(' ', responses.EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(
            "#/components/schemas/flama.APIError", responses.GetProperty("503").GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString());
    }

    [Fact]
    public async Task Schemas_AreOfTheMembersAndTheirRules()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");

        var (record, input, patch) = (schemas.GetProperty("data.Customer"), schemas.GetProperty("data.CustomerInput"), schemas.GetProperty("data.CustomerPatch"));
        AssertSame("""{"maxLength":50,"minLength":2,"type":"string"}""", input.GetProperty("properties").GetProperty("name"));
        AssertSame("""{"maximum":130,"minimum":0,"type":["null","integer"],"format":"int32"}""", input.GetProperty("properties").GetProperty("age"));
        AssertSame("""{"enum":[1,2,3],"type":"integer"}""", input.GetProperty("properties").GetProperty("tier"));
        AssertSame("""["name"]""", input.GetProperty("required"));
        Assert.True(record.GetProperty("properties").GetProperty("version").GetProperty("readOnly").GetBoolean());
        Assert.False(input.GetProperty("properties").TryGetProperty("version", out _));
        Assert.False(record.GetProperty("properties").TryGetProperty("passwordHash", out _));
        Assert.False(patch.TryGetProperty("required", out _));
        Assert.False(patch.GetProperty("properties").TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Parameters_AreThoseThatThereAre()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");

        // A member called "count" cannot be told from the count that is asked for.
        Assert.Equal(["page", "page_size", "count", "order_by", "order_direction", "id", "other", "version"], Parameters(paths.GetProperty("/tallies/").GetProperty("get")));
        Assert.Equal(["limit", "offset", "count", "order_by", "order_direction", "id", "text", "note"], Parameters(paths.GetProperty("/labels/").GetProperty("get")));
        Assert.Equal(["id", "If-Match"], Parameters(paths.GetProperty("/guarded/{id}/").GetProperty("patch")));
    }

    private static IEnumerable<string> Parameters(JsonElement operation) => operation.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!);

    private static IEnumerable<string> Operations(JsonElement path) =>
        path.EnumerateObject().Select(operation => $"{operation.Name} {operation.Value.GetProperty("operationId").GetString()}").Order(StringComparer.Ordinal);

    private static void AssertSame(string expected, JsonElement actual)
    {
        using var wanted = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, actual), actual.GetRawText());
    }

    private async Task<JsonElement> DocumentAsync() => (await shop.SendAsync("GET", "/schema/")).Json;
}
