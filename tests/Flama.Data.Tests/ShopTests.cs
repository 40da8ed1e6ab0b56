using System.Globalization;
using System.Text.Json;
using Flama.Data.Tests.Shop;

namespace Flama.Data.Tests;

/// <summary>Every verb on every database.</summary>
public abstract class ShopTests(ShopHost shop) : IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(shop.Missing is not null, shop.Missing ?? "");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Create_WithDefaults_AnswersWhatIsStored_WithItsPlaceAndVersion()
    {
        var answer = await shop.SendAsync("POST", "/customers/", """{"name":"Ann","email":"ann@example.com","created":"1999-01-01T00:00:00Z","doubled":7,"passwordHash":"x","hidden":"y"}""");

        Assert.True(answer.Status == 201, answer.Body);
        var id = answer.Json.GetProperty("id").GetInt32();
        Assert.Equal($"/customers/{id}/", answer.Headers.Location?.ToString());
        Assert.Matches("^\"[0-9a-f]{24}\"$", answer.Headers.ETag!.Tag);
        Assert.Equal(
            ["id", "name", "email", "age", "tier", "born", "balance", "isActive", "created", "version", "doubled"],
            answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((2, true, 2026), (answer.Json.GetProperty("tier").GetInt32(), answer.Json.GetProperty("isActive").GetBoolean(), answer.Json.GetProperty("created").GetDateTime().Year));
        var shown = await shop.SendAsync("GET", $"/customers/{id}/");
        Assert.Equal((200, answer.Headers.ETag), (shown.Status, shown.Headers.ETag));
        // SQLite keeps no kind of a time.
        Assert.All(
            answer.Json.EnumerateObject().Where(member => member.Name != "created"),
            member => Assert.True(JsonElement.DeepEquals(member.Value, shown.Json.GetProperty(member.Name)), shown.Body));
    }

    [Fact]
    public async Task Create_OfEveryType_ComesBackAsItWent()
    {
        const string json = """
            {"at":"2026-03-01T12:00:00Z","seen":"2026-03-01T13:00:00+01:00","clock":"13:45:01","value":0.1,"large":9007199254740993,"token":"0f8fad5b-d9cb-469f-a165-70867728950e","text":"Ünï 🔥 ' \" \\ --","raw":"AQID"}
            """;

        var made = await shop.AddAsync("/moments", json);
        var shown = (await shop.SendAsync("GET", $"/moments/{made.GetProperty("id").GetInt64()}")).Json;

        using var sent = JsonDocument.Parse(json);
        Assert.All(
            sent.RootElement.EnumerateObject().Where(member => member.Name is not ("at" or "seen")),
            member => Assert.True(JsonElement.DeepEquals(member.Value, shown.GetProperty(member.Name)), shown.GetRawText()));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), shown.GetProperty("seen").GetDateTimeOffset());
        Assert.Equal(new DateTime(2026, 3, 1, 12, 0, 0), shown.GetProperty("at").GetDateTime());
    }

    [Theory]
    [InlineData("""{"at":"2026-03-01T12:00:00","seen":"2026-03-01T12:00:00Z"}""", 201)]
    [InlineData("""{"at":"2026-03-01T14:00:00+02:00","seen":"2026-03-01T12:00:00Z"}""", 201)]
    public async Task Create_WithTimesOfOtherZones_KeepsTheMoment(string json, int status)
    {
        var answer = await shop.SendAsync("POST", "/moments", json);

        Assert.True(answer.Status == status, answer.Body);
        Assert.Equal(new DateTime(2026, 3, 1, 12, 0, 0), answer.Json.GetProperty("at").GetDateTime());
    }

    [Theory]
    [InlineData("{}", "name", "missing", "'name' is missing.")]
    [InlineData("""{"name":null}""", "name", "null", "'name' must not be null.")]
    [InlineData("""{"name":"A"}""", "name", "rule", "The field name must be a string with a minimum length of 2 and a maximum length of 50.")]
    [InlineData("""{"name":"Ann","email":"none"}""", "email", "rule", "The email field is not a valid e-mail address.")]
    [InlineData("""{"name":"Ann","age":131}""", "age", "rule", "The field age must be between 0 and 130.")]
    [InlineData("""{"name":"Ann","age":"old"}""", "age", "wrong_type", "'age' must be a whole number that fits into 32 bits.")]
    [InlineData("""{"name":"Ann","age":1.5}""", "age", "wrong_type", "'age' must be a whole number that fits into 32 bits.")]
    [InlineData("""{"name":"Ann","age":99999999999}""", "age", "wrong_type", "'age' must be a whole number that fits into 32 bits.")]
    [InlineData("""{"name":"Ann","tier":9}""", "tier", "wrong_type", "'tier' must be one of Bronze, Silver, Gold.")]
    [InlineData("""{"name":"Ann","born":"yesterday"}""", "born", "wrong_type", "'born' must be a date such as 2026-01-31.")]
    [InlineData("""{"name":"Ann","isActive":"perhaps"}""", "isActive", "wrong_type", "'isActive' must be true or false.")]
    [InlineData("""{"name":{"a":1}}""", "name", "wrong_type", "'name' must be a text.")]
    public async Task Create_OfWhatIsNoRecord_NamesTheMember(string json, string member, string type, string message)
    {
        var answer = await shop.SendAsync("POST", "/customers/", json);

        Assert.Equal((400, "ValidationError"), (answer.Status, answer.Json.GetProperty("error").GetString()));
        var error = answer.Json.GetProperty("errors")[0];
        Assert.Equal(($"""["{member}"]""", type, message), (error.GetProperty("loc").GetRawText(), error.GetProperty("type").GetString(), error.GetProperty("msg").GetString()));
    }

    [Fact]
    public async Task Create_WithSeveralFaults_TellsAll()
    {
        var answer = await shop.SendAsync("POST", "/customers/", """{"email":"none","age":"x","tier":"Gold?"}""");

        Assert.Equal(["age", "tier", "name"], answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("loc")[0].GetString()));
    }

    [Theory]
    [InlineData("", 400, "The body is empty. Send JSON.")]
    [InlineData("{", 400, "The body is not JSON: it goes wrong in line 1 at byte 1. Send JSON.")]
    [InlineData("[]", 400, "A customer must be an object.")]
    [InlineData("null", 400, "A customer must be an object.")]
    [InlineData("""{"name":"\ud800"}""", 400, "'name' must be a text.")]
    [InlineData("""{"\ud800":"Ann"}""", 400, "The body has a name that is not valid Unicode. Send JSON in UTF-8.")]
    public async Task Create_OfOddBodies_IsRefused(string body, int status, string detail)
    {
        var answer = await shop.SendAsync("POST", "/customers/", body);

        Assert.Equal((status, detail), (answer.Status, answer.Json.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Create_OfAnotherMediaTypeOrSize_IsRefused()
    {
        var form = await shop.SendAsync("POST", "/customers/", "name=Ann", type: "application/x-www-form-urlencoded");
        var large = await shop.SendAsync("POST", "/customers/", $$"""{"name":"{{new string('a', 1 << 20)}}"}""");
        var longText = await shop.SendAsync("POST", "/orders/", """{"product":"123456789012345678901","customerId":1}""");

        Assert.Equal((415, 413), (form.Status, large.Status));
        Assert.Equal("'product' is 21 characters long. The longest is 20.", longText.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Create_OfTakenValueOrKey_IsAConflict_ThatNamesIt()
    {
        var made = await shop.AddAsync("/customers", """{"name":"One","email":"same@example.com"}""");

        var email = await shop.SendAsync("POST", "/customers/", """{"name":"Two","email":"same@example.com"}""");
        var key = await shop.SendAsync("POST", "/customers/", $$"""{"id":{{made.GetProperty("id")}},"name":"Three"}""");
        var changed = await shop.SendAsync("PATCH", $"/customers/{(await shop.AddAsync("/customers", """{"name":"Four"}""")).GetProperty("id")}", """{"email":"same@example.com"}""");

        Assert.Equal((409, "There is a customer already with the same 'email'. Give another value."), (email.Status, email.Json.GetProperty("detail").GetString()));
        Assert.Equal((409, "There is a customer already with the same 'id'. Give another value."), (key.Status, key.Json.GetProperty("detail").GetString()));
        Assert.Equal((409, "urn:flama:error:conflict"), (changed.Status, changed.Json.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Create_AgainstForeignKeyOrCheck_IsAConflict()
    {
        var order = await shop.SendAsync("POST", "/orders/", """{"product":"Tea","customerId":2000000000}""");
        var check = await shop.SendAsync("POST", "/customers/", """{"name":"Unlucky","age":13}""");

        Assert.Equal((409, 409), (order.Status, check.Status));
        Assert.Contains("is not there.", order.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("The customer is against a rule of its table. Give other values.", check.Json.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("GET", "/customers/2000000000/", 404, "There is no customer with id 2000000000.")]
    [InlineData("PUT", "/customers/2000000000/", 404, "There is no customer with id 2000000000.")]
    [InlineData("DELETE", "/customers/2000000000/", 404, "There is no customer with id 2000000000.")]
    [InlineData("GET", "/customers/abc/", 400, "'id' must be a whole number that fits into 32 bits.")]
    [InlineData("GET", "/customers/99999999999/", 400, "'id' must be a whole number that fits into 32 bits.")]
    [InlineData("GET", "/customers/1;DROP TABLE \"Customers\"/", 400, "'id' must be a whole number that fits into 32 bits.")]
    [InlineData("GET", "/orders/1/", 400, "'id' must be a GUID such as 0f8fad5b-d9cb-469f-a165-70867728950e.")]
    [InlineData("GET", "/labels/'; DROP TABLE \"Labels\"; --/", 404, "There is no label with id ''; DROP TABLE \"Labels\"; --'.")]
    public async Task Key_ThatIsNotThere_OrNone_IsTold(string method, string path, int status, string detail)
    {
        var answer = await shop.SendAsync(method, path, method == "PUT" ? """{"name":"Ann"}""" : null);

        Assert.Equal((status, detail), (answer.Status, answer.Json.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("PUT", "/orders/0f8fad5b-d9cb-469f-a165-70867728950e/")]
    [InlineData("DELETE", "/orders/")]
    [InlineData("POST", "/orders/0f8fad5b-d9cb-469f-a165-70867728950e/")]
    public async Task Verb_ThatIsLeftOut_Is405(string method, string path)
    {
        var answer = await shop.SendAsync(method, path);

        Assert.Equal(405, answer.Status);
    }

    [Fact]
    public async Task Update_ReplacesAll_WhatIsLeftOutGetsItsDefault()
    {
        var id = (await shop.AddAsync("/customers", """{"name":"Old","age":40,"tier":3,"isActive":false,"balance":12.50}""")).GetProperty("id").GetInt32();

        var answer = await shop.SendAsync("PUT", $"/customers/{id}/", $$"""{"id":{{id}},"name":"New"}""");

        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(
            ("New", JsonValueKind.Null, 2, true, 0m),
            (answer.Json.GetProperty("name").GetString(), answer.Json.GetProperty("age").ValueKind, answer.Json.GetProperty("tier").GetInt32(), answer.Json.GetProperty("isActive").GetBoolean(), answer.Json.GetProperty("balance").GetDecimal()));
        Assert.Equal(400, (await shop.SendAsync("PUT", $"/customers/{id}/", $$"""{"id":{{id + 1}},"name":"New"}""")).Status);
        Assert.Equal(400, (await shop.SendAsync("PUT", $"/customers/{id}/", "{}")).Status);
    }

    [Fact]
    public async Task Update_WithWhatWasShown_ChangesNothing()
    {
        var id = (await shop.AddAsync("/customers", """{"name":"Same","age":40,"born":"1980-02-29","balance":1.25}""")).GetProperty("id").GetInt32();
        var before = await shop.SendAsync("GET", $"/customers/{id}/");

        var after = await shop.SendAsync("PUT", $"/customers/{id}/", before.Body);

        Assert.Equal((200, before.Body, before.Headers.ETag), (after.Status, after.Body, after.Headers.ETag));
    }

    [Fact]
    public async Task PartialUpdate_ChangesWhatIsThere_NullTakesAway()
    {
        var made = await shop.AddAsync("/customers", """{"name":"Patch","age":40,"email":"patch@example.com"}""");
        var path = $"/customers/{made.GetProperty("id")}/";

        var answer = await shop.SendAsync("PATCH", path, """{"age":null,"tier":1}""", type: "application/merge-patch+json");

        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(
            ("Patch", JsonValueKind.Null, "patch@example.com", 1),
            (answer.Json.GetProperty("name").GetString(), answer.Json.GetProperty("age").ValueKind, answer.Json.GetProperty("email").GetString(), answer.Json.GetProperty("tier").GetInt32()));
        Assert.Equal(400, (await shop.SendAsync("PATCH", path, """{"name":null}""")).Status);
        Assert.Equal(400, (await shop.SendAsync("PATCH", path, """{"age":131}""")).Status);
        Assert.Equal(400, (await shop.SendAsync("PATCH", path, "[]")).Status);
        Assert.Equal(200, (await shop.SendAsync("PATCH", path, "{}")).Status);
        Assert.Equal(415, (await shop.SendAsync("PATCH", path, """[{"op":"remove","path":"/age"}]""", type: "application/json-patch+json")).Status);
    }

    [Fact]
    public async Task Delete_TakesAway_UnlessSomethingRefersToIt()
    {
        var customer = (await shop.AddAsync("/customers", """{"name":"Leaving"}""")).GetProperty("id").GetInt32();
        var order = (await shop.AddAsync("/orders", $$"""{"product":"Tea","customerId":{{customer}}}""")).GetProperty("id").GetGuid();

        Assert.Equal(204, (await shop.SendAsync("DELETE", $"/orders/{order}/")).Status);
        Assert.Equal(404, (await shop.SendAsync("DELETE", $"/orders/{order}/")).Status);
        Assert.Equal(204, (await shop.SendAsync("DELETE", $"/customers/{customer}/")).Status);
        Assert.Equal(404, (await shop.SendAsync("GET", $"/customers/{customer}/")).Status);
    }

    [Fact]
    public async Task Version_OfAnswer_GuardsChanges()
    {
        var made = await shop.SendAsync("POST", "/customers", """{"name":"Versions"}""");
        var (path, first) = ($"/customers/{made.Json.GetProperty("id")}/", made.Headers.ETag!.Tag);

        Assert.Equal(304, (await shop.SendAsync("GET", path, match: first)).Status);
        var changed = await shop.SendAsync("PATCH", path, """{"age":1}""", first);
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(first, changed.Headers.ETag!.Tag);
        Assert.Equal(412, (await shop.SendAsync("PATCH", path, """{"age":2}""", first)).Status);
        Assert.Equal(412, (await shop.SendAsync("PUT", path, """{"name":"Stale"}""", $"W/{changed.Headers.ETag.Tag}")).Status);
        Assert.Equal(412, (await shop.SendAsync("DELETE", path, match: first)).Status);
        Assert.Equal(400, (await shop.SendAsync("DELETE", path, match: "unquoted")).Status);
        Assert.Equal(200, (await shop.SendAsync("GET", path, match: first)).Status);
        Assert.Equal(204, (await shop.SendAsync("DELETE", path, match: $"{first}, {changed.Headers.ETag.Tag}")).Status);
        Assert.Equal(404, (await shop.SendAsync("DELETE", path, match: "*")).Status);
    }

    [Fact]
    public async Task Version_ThatIsAskedFor_MustBeTold()
    {
        var made = await shop.SendAsync("POST", "/guarded", """{"count":1,"version":77}""");
        var path = $"/guarded/{made.Json.GetProperty("id")}/";

        Assert.Equal(1, made.Json.GetProperty("version").GetInt32());
        Assert.Equal(428, (await shop.SendAsync("PATCH", path, """{"count":2}""")).Status);
        Assert.Equal(428, (await shop.SendAsync("DELETE", path)).Status);
        Assert.Equal(2, (await shop.SendAsync("PATCH", path, """{"count":2}""", made.Headers.ETag!.Tag)).Json.GetProperty("version").GetInt32());
        Assert.Equal(204, (await shop.SendAsync("DELETE", path, match: "*")).Status);
    }

    [Fact]
    public async Task Writers_OfOneRecord_WithItsVersion_WinOneByOne()
    {
        var made = await shop.SendAsync("POST", "/tallies", """{"count":0}""");
        var path = $"/tallies/{made.Json.GetProperty("id")}/";

        var statuses = await Task.WhenAll(Enumerable.Range(1, 50).Select(async i =>
            (await shop.SendAsync("PATCH", path, $$"""{"count":{{i.ToString(CultureInfo.InvariantCulture)}}}""", made.Headers.ETag!.Tag)).Status));

        Assert.Equal([200, .. Enumerable.Repeat(412, 49)], statuses.Order());
    }

    [Fact]
    public async Task Writers_OfOneRecord_WithoutVersion_AllGoThrough()
    {
        var path = $"/tallies/{(await shop.AddAsync("/tallies", "{}")).GetProperty("id")}/";

        var statuses = await Task.WhenAll(Enumerable.Range(1, 50).Select(async i =>
            (await shop.SendAsync("PATCH", path, i % 2 == 0 ? $$"""{"count":{{i.ToString(CultureInfo.InvariantCulture)}}}""" : $$"""{"other":{{i.ToString(CultureInfo.InvariantCulture)}}}""")).Status));

        Assert.All(statuses, status => Assert.Equal(200, status));
        var tally = (await shop.SendAsync("GET", path)).Json;
        Assert.Equal((51, 0, 1), (tally.GetProperty("version").GetInt32(), tally.GetProperty("count").GetInt32() % 2, tally.GetProperty("other").GetInt32() % 2));
    }

    [Fact]
    public async Task Labels_WithKeysOfClients_AreMadeByConstructor_ReplacedAndDropped()
    {
        await shop.SendAsync("DELETE", "/labels/");
        await shop.AddAsync("/labels", """{"id":"a/b c","text":"one","words":["x"],"note":"n"}""");
        Assert.Equal("one", (await shop.SendAsync("GET", "/labels/a%2Fb%20c/")).Json.GetProperty("text").GetString());
        Assert.Equal(400, (await shop.SendAsync("POST", "/labels", """{"text":"one","words":[]}""")).Status);

        var some = await shop.SendAsync("PATCH", "/labels/", """[{"id":"a/b c","text":"two","words":["y","z"]},{"id":"new","text":"three","words":[]}]""");
        Assert.True(some.Status == 200, some.Body);
        Assert.Equal(JsonValueKind.Null, some.Json[0].GetProperty("note").ValueKind);
        Assert.Equal(["a/b c", "new"], await shop.ListAsync("/labels/", "id"));

        var bad = await shop.SendAsync("PUT", "/labels/", """[{"id":"only","text":"x","words":[]},{"id":"only","text":"y","words":[]},{"id":"z"}]""");
        Assert.Equal((400, """[1,"id"]""", """[2,"text"]"""), (bad.Status, bad.Json.GetProperty("errors")[0].GetProperty("loc").GetRawText(), bad.Json.GetProperty("errors")[1].GetProperty("loc").GetRawText()));
        Assert.Equal(["a/b c", "new"], await shop.ListAsync("/labels/", "id"));

        var all = await shop.SendAsync("PUT", "/labels/", """[{"id":"only","text":"x","words":["w"]}]""");
        Assert.True(all.Status == 200, all.Body);
        Assert.Equal(["only"], await shop.ListAsync("/labels/", "id"));

        Assert.Equal(400, (await shop.SendAsync("DELETE", "/labels/?text=x")).Status);
        Assert.Equal(204, (await shop.SendAsync("DELETE", "/labels/")).Status);
        Assert.Equal("""{"meta":{"limit":10,"offset":0,"count":0},"data":[]}""", (await shop.SendAsync("GET", "/labels?count=true")).Body);
    }

    [Fact]
    public async Task Replace_WithAndWithoutKeys_KeepsTheOrderOfTheList()
    {
        var answer = await shop.SendAsync("PUT", "/guarded/", """[{"count":1},{"id":1000,"count":2},{"count":3}]""");

        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal([1, 2, 3], answer.Json.EnumerateArray().Select(tally => tally.GetProperty("count").GetInt32()));
        Assert.Equal(1000, answer.Json[1].GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Replace_ThatTheDatabaseRefuses_LeavesWhatWas()
    {
        var made = await shop.AddAsync("/orders", $$"""{"product":"Kept","customerId":{{(await shop.AddAsync("/customers", """{"name":"Keeper"}""")).GetProperty("id")}}}""");

        var answer = await shop.SendAsync("PUT", "/orders/", """[{"product":"Lost","customerId":2000000000}]""");

        Assert.Equal(409, answer.Status);
        Assert.Equal(200, (await shop.SendAsync("GET", $"/orders/{made.GetProperty("id")}/")).Status);
        Assert.Equal(400, (await shop.SendAsync("PUT", "/orders/", """{"product":"no list"}""")).Status);
    }

    [Fact]
    public async Task Head_OfRecordAndList_HasTheHeadersOfGet()
    {
        var path = $"/customers/{(await shop.AddAsync("/customers", """{"name":"Head"}""")).GetProperty("id")}/";

        var (get, head) = (await shop.SendAsync("GET", path), await shop.SendAsync("HEAD", path));

        Assert.Equal((200, "", get.ContentHeaders.ContentLength, get.Headers.ETag), (head.Status, head.Body, head.ContentHeaders.ContentLength, head.Headers.ETag));
        Assert.Equal(200, (await shop.SendAsync("HEAD", "/customers/")).Status);
    }

    [Fact]
    public async Task TextThatTheDatabaseRefuses_IsTheCallersFault()
    {
        var answer = await shop.SendAsync("POST", "/moments", """{"at":"2026-03-01T12:00:00Z","seen":"2026-03-01T12:00:00Z","text":"a\u0000b"}""");

        Assert.Equal(shop is SqliteShop ? 201 : 400, answer.Status);
    }
}
