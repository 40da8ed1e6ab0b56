using System.Text.Json;
using Flama.Data.Tests.Shop;

namespace Flama.Data.Tests;

/// <summary>Every filter, every order and every way of paging on every database.</summary>
public abstract class FilterTests(ShopHost shop) : IAsyncLifetime
{
    internal ShopHost Shop => shop;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(shop.Missing is not null, shop.Missing ?? "");
        if ((await shop.ListAsync("/moments?page_size=1", "id")).Length > 0)
        {
            return;
        }

        await shop.SendAsync("PUT", "/moments/", """
            [
              {"id":1,"at":"2026-01-01T00:00:00Z","seen":"2026-01-01T00:00:00Z","clock":"08:00:00","value":1.5,"large":1,"token":"00000000-0000-0000-0000-000000000001","text":"Alpha"},
              {"id":2,"at":"2026-02-01T00:00:00Z","seen":"2026-01-01T00:00:00Z","value":-2,"text":"alphabet 100%"},
              {"id":3,"at":"2026-03-01T00:00:00Z","seen":"2026-01-01T00:00:00Z","clock":"18:30:00","value":10,"large":9007199254740993,"token":"00000000-0000-0000-0000-000000000002","text":"it's \"quoted\"; --"},
              {"id":4,"at":"2026-04-01T00:00:00Z","seen":"2026-01-01T00:00:00Z","value":10,"large":-5,"text":"in:stock"},
              {"id":5,"at":"2026-05-01T00:00:00Z","seen":"2026-01-01T00:00:00Z","value":0,"text":"a_b"}
            ]
            """);
        await shop.SendAsync("PUT", "/customers/", """
            [
              {"id":1,"name":"Ann","tier":1,"age":20,"born":"2006-01-01","isActive":true,"balance":10.5},
              {"id":2,"name":"Bob","tier":3,"isActive":false,"balance":2},
              {"id":3,"name":"Cid","tier":3,"age":30,"born":"1996-06-15","isActive":true,"balance":100}
            ]
            """);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("id=2", "2")]
    [InlineData("id=eq:2", "2")]
    [InlineData("id=ne:2", "1 3 4 5")]
    [InlineData("id=not:2", "1 3 4 5")]
    [InlineData("id=gt:3", "4 5")]
    [InlineData("id=gte:3", "3 4 5")]
    [InlineData("id=ge:3", "3 4 5")]
    [InlineData("id=lt:3", "1 2")]
    [InlineData("id=lte:3", "1 2 3")]
    [InlineData("id=le:3", "1 2 3")]
    [InlineData("id=not:gt:3", "1 2 3")]
    [InlineData("id=gt:1&id=lt:4", "2 3")]
    [InlineData("id=in:1&id=in:3&id=in:77", "1 3")]
    [InlineData("id=not:in:1&id=not:in:3", "2 4 5")]
    [InlineData("id=isnull", "")]
    [InlineData("id=not:isnull", "1 2 3 4 5")]
    [InlineData("large=isnull", "2 5")]
    [InlineData("large=not:isnull", "1 3 4")]
    [InlineData("large=9007199254740993", "3")]
    [InlineData("large=lt:0", "4")]
    [InlineData("large=ne:1", "3 4")]
    [InlineData("large=not:gt:1", "1 4")]
    [InlineData("large=not:in:1", "3 4")]
    [InlineData("value=10", "3 4")]
    [InlineData("value=gte:1.5", "1 3 4")]
    [InlineData("value=lt:0", "2")]
    [InlineData("token=00000000-0000-0000-0000-000000000002", "3")]
    [InlineData("token=in:00000000-0000-0000-0000-000000000001&token=in:00000000-0000-0000-0000-000000000002", "1 3")]
    [InlineData("at=2026-02-01T00:00:00Z", "2")]
    [InlineData("at=gt:2026-03-01T00:00:00Z", "4 5")]
    [InlineData("at=gte:2026-03-01T01:00:00%2B01:00&at=lt:2026-05-01", "3 4")]
    [InlineData("seen=2026-01-01T01:00:00%2B01:00", "1 2 3 4 5")]
    [InlineData("clock=08:00:00", "1")]
    [InlineData("clock=gt:12:00:00", "3")]
    [InlineData("text=Alpha", "1")]
    [InlineData("text=gte:in", "3 4")]
    [InlineData("text=contains:lpha", "1 2")]
    [InlineData("text=contains:%25", "2")]
    [InlineData("text=contains:_", "5")]
    [InlineData("text=startswith:a_", "5")]
    [InlineData("text=endswith:%25", "2")]
    [InlineData("text=icontains:ALPHA", "1 2")]
    [InlineData("text=icontains:_B", "5")]
    [InlineData("text=istartswith:ALPHAB", "2")]
    [InlineData("text=iendswith:ALPHA", "1")]
    [InlineData("text=like:a_p%25", "2", "1 2")]
    [InlineData("text=ilike:A_P%25", "1 2")]
    [InlineData("text=not:contains:l", "3 4 5")]
    [InlineData("text=eq:in:stock", "4")]
    [InlineData("text=it's \"quoted\"; --", "3")]
    [InlineData("text=' OR 1=1 --", "")]
    [InlineData("text=contains:' OR ''='", "")]
    [InlineData("text=like:%25' ESCAPE 'x", "")]
    [InlineData("text=x'; DROP TABLE \"Moments\"; --", "")]
    [InlineData("text=isnull", "")]
    [InlineData("id=1) OR (1=1", null)]
    [InlineData("id=gt:0 UNION SELECT 1", null)]
    [InlineData("value=1,5", null)]
    [InlineData("value=NaN", null)]
    [InlineData("large=eq:null", null)]
    [InlineData("clock=noon", null)]
    [InlineData("token=1", null)]
    [InlineData("id=gt", null)]
    [InlineData("large=isnull:true", null)]
    [InlineData("id=contains:1", null)]
    [InlineData("token=gt:00000000-0000-0000-0000-000000000002", null)]
    public async Task Moments_AreFiltered(string query, string? ids, string? onSqlite = null)
    {
        var answer = await shop.SendAsync("GET", $"/moments?{query.Replace(" ", "%20", StringComparison.Ordinal)}");

        // LIKE is the database's own; SQLite's does not look at the case of ASCII letters.
        var expected = shop is SqliteShop ? onSqlite ?? ids : ids;
        Assert.True((expected is null ? 400 : 200) == answer.Status, answer.Body);
        if (expected is not null)
        {
            Assert.Equal(expected, string.Join(' ', answer.Json.GetProperty("data").EnumerateArray().Select(moment => moment.GetProperty("id").GetInt64())));
        }
    }

    [Theory]
    [InlineData("tier=3", "Bob Cid")]
    [InlineData("tier=Gold", "Bob Cid")]
    [InlineData("tier=gold", "Bob Cid")]
    [InlineData("tier=ne:Gold", "Ann")]
    [InlineData("tier=in:Bronze&tier=in:Silver", "Ann")]
    [InlineData("tier=9", null)]
    [InlineData("tier=Platinum", null)]
    [InlineData("isActive=true", "Ann Cid")]
    [InlineData("isActive=not:true", "Bob")]
    [InlineData("isActive=yes", null)]
    [InlineData("born=1996-06-15", "Cid")]
    [InlineData("born=gt:2000-01-01", "Ann")]
    [InlineData("born=isnull", "Bob")]
    [InlineData("age=gte:20&tier=3", "Cid")]
    [InlineData("balance=gt:9.5", "Ann Cid")]
    [InlineData("balance=2", "Bob")]
    [InlineData("passwordHash=secret", "Ann Bob Cid")]
    [InlineData("Hidden=x", "Ann Bob Cid")]
    [InlineData("order_by=name&order_direction=desc", "Cid Bob Ann")]
    [InlineData("order_by=tier,name&order_direction=desc", "Cid Bob Ann")]
    [InlineData("order_by=tier,name", "Ann Bob Cid")]
    [InlineData("order_by=isActive,name", "Bob Ann Cid")]
    [InlineData("order_by=born", "Cid Ann", "Cid Ann Bob", "Bob Cid Ann")]
    [InlineData("order_by=passwordHash", null)]
    [InlineData("order_by=orders", null)]
    [InlineData("order_by=name;DROP TABLE x", null)]
    [InlineData("page=2&page_size=2", "Cid")]
    [InlineData("page=2147483647&page_size=1000", "")]
    [InlineData("page_size=0", "")]
    [InlineData("page=0", null)]
    [InlineData("page=99999999999", null)]
    [InlineData("page_size=1001", null)]
    [InlineData("page_size=-1", null)]
    [InlineData("count=maybe", null)]
    public async Task Customers_AreFilteredOrderedAndCut(string query, string? names, string? onPostgres = null, string? onSqlite = null)
    {
        var answer = await shop.SendAsync("GET", $"/customers?{query}");

        // Where nulls stand is the database's own.
        var expected = (shop is SqliteShop ? onSqlite : onPostgres) ?? names;
        Assert.True((expected is null ? 400 : 200) == answer.Status, answer.Body);
        if (expected is not null)
        {
            Assert.Equal(expected, string.Join(' ', answer.Json.GetProperty("data").EnumerateArray().Select(customer => customer.GetProperty("name").GetString())));
        }
    }

    [Theory]
    [InlineData("/moments?id=like:1", "id", "'id' cannot be compared by 'like'. It can by 'eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'isnull'.")]
    [InlineData("/moments?id=gt", "id", "The operator 'gt' of 'id' needs a value: id=gt:…. For the text itself, id=eq:gt.")]
    [InlineData("/moments?large=isnull:1", "large", "The operator 'isnull' of 'large' takes no value: large=isnull, or large=not:isnull.")]
    [InlineData("/moments?id=x", "id", "'id' must be a whole number that fits into 64 bits.")]
    [InlineData("/moments?page=x", "page", "'page' must be a whole number that fits into 32 bits.")]
    [InlineData("/moments?page_size=1001", "page_size", "'page_size' is 1001. It must be from 0 to 1000.")]
    public async Task Refusal_NamesTheParameter(string path, string parameter, string message)
    {
        var error = (await shop.SendAsync("GET", path)).Json.GetProperty("errors")[0];

        Assert.Equal(($"""["{parameter}"]""", message), (error.GetProperty("loc").GetRawText(), error.GetProperty("msg").GetString()));
    }

    [Fact]
    public async Task Conditions_BeyondTheLimit_AreRefused()
    {
        Assert.Equal(200, (await shop.SendAsync("GET", $"/moments?{string.Join('&', Enumerable.Range(0, 100).Select(i => $"id=in:{i}"))}")).Status);
        Assert.Equal(400, (await shop.SendAsync("GET", $"/moments?{string.Join('&', Enumerable.Range(0, 101).Select(i => $"id=in:{i}"))}")).Status);
    }

    [Fact]
    public async Task Pages_TakenInTurn_HaveEachRecordOnce()
    {
        var seen = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            seen.AddRange(await shop.ListAsync($"/moments?order_by=value&page_size=2&page={page}", "id"));
        }

        Assert.Equal(["2", "5", "1", "3", "4"], seen);
        var counted = (await shop.SendAsync("GET", "/moments?value=10&count=true&page_size=1")).Json;
        Assert.Equal("""{"page":1,"page_size":1,"count":2}""", counted.GetProperty("meta").GetRawText());
        Assert.Equal(JsonValueKind.Null, (await shop.SendAsync("GET", "/moments")).Json.GetProperty("meta").GetProperty("count").ValueKind);
    }

    [Fact]
    public async Task Pattern_WithABackslash_HasNoMeaningOfItsOwn()
    {
        var answer = await shop.SendAsync("GET", @"/moments?text=like:a%5C");

        Assert.Equal(200, answer.Status);
    }
}
