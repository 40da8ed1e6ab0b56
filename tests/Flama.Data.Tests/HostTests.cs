using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Flama.AspNetCore;
using Flama.Data.Tests.Shop;
using Flama.Hosting.Keys;
using Flama.Tests;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Data.Tests;

/// <summary>Resources in applications with keys, groups, mounts and habits of their own.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task Keys_OfTheApplication_GuardData()
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys.json");
        var (predict, inspect, ofModel) = (ApiKeyFile.Add(file, "a", [ApiKeyScopes.Predict]), ApiKeyFile.Add(file, "b", [ApiKeyScopes.Inspect]), ApiKeyFile.Add(file, "c", [ApiKeyScopes.Predict], ["churn"]));
        await using var table = await TableHost<ShopContext>.StartAsync(
            app =>
            {
                app.MapResource<Tally, ShopContext>("/tallies");
                app.MapResource<Label, ShopContext>("/labels").AllowAnonymous();
                app.MapResource<Order, ShopContext>("/orders").RequireAuthorization(ApiKeyDefaults.InspectPolicy);
            },
            builder => builder.Services.AddFlamaHosting().AddApiKeys(file));

        async Task<int> AskAsync(string method, string path, string? key) => (await table.SendAsync(method, path, null, key is null ? [] : [(ApiKeyDefaults.HeaderName, key)])).Status;
        Assert.Equal((401, 401, 403), (await AskAsync("GET", "/tallies", null), await AskAsync("HEAD", "/tallies", null), await AskAsync("GET", "/tallies", inspect)));
        Assert.Equal((403, 200, 204), (await AskAsync("GET", "/tallies", ofModel), await AskAsync("GET", "/tallies", predict), await AskAsync("DELETE", "/tallies", predict)));
        Assert.Equal((200, 200, 403), (await AskAsync("GET", "/labels", null), await AskAsync("GET", "/orders", inspect), await AskAsync("GET", "/orders", predict)));
        var operation = (await table.SendAsync("GET", "/schema/")).Json.GetProperty("paths").GetProperty("/tallies/").GetProperty("get");
        Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _));
        Assert.Equal("ApiKey", operation.GetProperty("security")[0].EnumerateObject().Single().Name);
    }

    [Fact]
    public async Task Groups_AndMounts_AreInPlaces()
    {
        await using var table = await TableHost<ShopContext>.StartAsync(app =>
        {
            app.UsePathBase("/mount");
            app.UseRouting();
            app.MapGroup("/v1").MapResource<Tally, ShopContext>("tallies");
        });

        var answer = await table.SendAsync("POST", "/mount/v1/tallies", "{}");

        Assert.Equal((201, "/mount/v1/tallies/1/"), (answer.Status, answer.Headers.Location?.ToString()));
        Assert.Equal(200, (await table.SendAsync("GET", "/mount/v1/tallies/1/")).Status);
        Assert.True((await table.SendAsync("GET", "/schema/")).Json.GetProperty("paths").TryGetProperty("/v1/tallies/{id}/", out _));
    }

    [Fact]
    public async Task Context_ThatIsPooledAndDoesNotTrack_IsServed()
    {
        using TemporaryDirectory directory = new();
        await using var host = await FlamaHost.StartAsync(
            app =>
            {
                using var scope = app.Services.CreateScope();
                scope.ServiceProvider.GetRequiredService<ShopContext>().Database.EnsureCreated();
                app.MapResource<Tally, ShopContext>("/tallies");
            },
            configure: builder =>
            {
                builder.Services.AddDbContextPool<ShopContext>(options =>
                    options.UseSqlite($"Data Source={directory.PathOf("pool.db")};Pooling=false").UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
                builder.Services.AddFlama();
            });
        Assert.Equal(201, (await host.PostAsync("/tallies", """{"count":1}""")).Status);

        using StringContent patch = new("""{"count":2}""", Encoding.UTF8, "application/json");
        using var patched = await host.Client.PatchAsync(new Uri("/tallies/1", UriKind.Relative), patch, TestContext.Current.CancellationToken);

        Assert.Equal(2, (await host.GetAsync("/tallies/1")).Json.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Body_ThatIsCompressed_IsRead()
    {
        await using var table = await TableHost<ShopContext>.StartAsync(app => app.MapResource<Tally, ShopContext>("/tallies", tallies => tallies.MaxBodyBytes = 100));

        var answer = await PostCompressedAsync(table.Host, """{"count":7}""");
        var large = await PostCompressedAsync(table.Host, $$"""{"count":7,"more":"{{new string('x', 1000)}}"}""");

        Assert.Equal((201, 7), (answer.Status, answer.Json.GetProperty("count").GetInt32()));
        Assert.Equal(413, large.Status);
    }

    [Fact]
    public async Task OwnEndpoint_WithDatabaseErrors_AnswersAsResourcesDo()
    {
        await using var table = await TableHost<ShopContext>.StartAsync(app =>
        {
            app.MapGet("/gone", Task<string> () => throw new FlamaException(ErrorCodes.RecordNotFound, "It is gone.")).WithDatabaseErrors();
            app.MapGet("/odd", Task<string> () => throw new HttpRequestException("x", new System.Net.Sockets.SocketException())).WithDatabaseErrors();
            app.MapGet("/refused", async (ShopContext shop) =>
            {
                shop.Add(new Order { CustomerId = 5, Product = "Tea" });
                await shop.SaveChangesAsync();
            }).WithDatabaseErrors();
        });

        Assert.Equal(404, (await table.SendAsync("GET", "/gone")).Status);
        Assert.Equal(409, (await table.SendAsync("GET", "/refused")).Status);

        // A connection that is none of a database's.
        Assert.Equal(500, (await table.SendAsync("GET", "/odd")).Status);
    }

    [Fact]
    public async Task Failure_ThatIsABug_Is500_WithoutAWordOfSql()
    {
        await using var table = await TableHost<ShopContext>.StartAsync(app => app.MapResource<Tally, ShopContext>("/tallies"));
        using (var scope = table.Host.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<ShopContext>().Database.ExecuteSqlRawAsync("DROP TABLE Tallies", TestContext.Current.CancellationToken);
        }

        var answer = await table.SendAsync("GET", "/tallies");

        Assert.Equal((500, "urn:flama:error:internal"), (answer.Status, answer.Json.GetProperty("type").GetString()));
        Assert.DoesNotContain("no such table", answer.Body, StringComparison.Ordinal);
        Assert.Contains(table.Host.Log.All, line => line.Id == 2001 && line.Text.Contains("no such table", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Document_OfTheApplicationsOwn_HasTheResource()
    {
        await using var table = await TableHost<ShopContext>.StartAsync(
            app =>
            {
                app.MapOpenApi();
                app.MapResource<Tally, ShopContext>("/tallies");
            },
            builder => builder.Services.AddOpenApi());

        var (own, flama) = ((await table.SendAsync("GET", "/openapi/v1.json")).Json, (await table.SendAsync("GET", "/schema/")).Json);

        Assert.Equal("tally_list", own.GetProperty("paths").GetProperty("/tallies").GetProperty("get").GetProperty("operationId").GetString());
        Assert.True(own.GetProperty("components").GetProperty("schemas").TryGetProperty("flama.APIError", out _));
        Assert.Equal("tally_list", flama.GetProperty("paths").GetProperty("/tallies/").GetProperty("get").GetProperty("operationId").GetString());
    }

    [Fact]
    public async Task Pages_OfQueriesOfOwnEndpoints_AreAsked()
    {
        await using var table = await TableHost<ShopContext>.StartAsync(app =>
        {
            app.MapResource<Tally, ShopContext>("/tallies");
            app.MapGet("/own", ([AsParameters] LimitOffsetQuery part, ShopContext shop) => part.OfAsync(shop.Tallies.OrderBy(tally => tally.Id).Select(tally => tally.Count), 5)).WithDatabaseErrors();
        });
        await table.SendAsync("PUT", "/tallies/", """[{"count":1},{"count":2},{"count":3}]""");

        Assert.Equal("""{"meta":{"limit":1,"offset":1,"count":3},"data":[2]}""", (await table.SendAsync("GET", "/own?limit=1&offset=1&count=true")).Body);
        Assert.Equal("'limit' is 6. It must be from 0 to 5.", (await table.SendAsync("GET", "/own?limit=6")).Json.GetProperty("detail").GetString());
    }

    private static async Task<Answer> PostCompressedAsync(FlamaHost host, string json)
    {
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(json), TestContext.Current.CancellationToken);
        }

        using ByteArrayContent content = new(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await host.Client.PostAsync(new Uri("/tallies", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
