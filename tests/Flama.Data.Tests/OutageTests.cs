using Flama.Data.Tests.Shop;
using Flama.Tests;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Flama.Data.Tests;

/// <summary>Databases that go away while they are asked: 503, and as before when they are back.</summary>
public sealed class OutageTests(PostgresServer server)
{
    [Fact]
    public async Task Backend_ThatIsKilled_Is503AtMostOnce_ThenAllIsWell()
    {
        Assert.SkipWhen(await server.StartAsync() is not null, await server.StartAsync() ?? "");
        var connection = server.ConnectionTo($"killed_{Guid.NewGuid():N}");
        await using var host = await StartAsync(options => options.UseNpgsql(connection));
        Assert.Equal(201, (await host.PostAsync("/tallies", "{}")).Status);
        await KillAllAsync(connection);

        var first = await host.GetAsync("/tallies");
        var second = await host.GetAsync("/tallies");

        Assert.Contains(first.Status, new[] { 200, 503 });
        Assert.True(first.Status == 200 || first.Headers.RetryAfter is not null);
        Assert.Equal(200, second.Status);
    }

    [Fact]
    public async Task Connection_ThatBreaksInTheMiddle_Is503_AndNothingIsHalfDone()
    {
        Assert.SkipWhen(await server.StartAsync() is not null, await server.StartAsync() ?? "");
        var name = $"broken_{Guid.NewGuid():N}";
        await using DroppingProxy proxy = new(server.Port);
        await using var host = await StartAsync(options => options.UseNpgsql(server.ConnectionTo(name, proxy.Port) + ";Pooling=false"));
        Assert.Equal(200, (await PutAsync(host, """[{"id":1,"count":1},{"id":2,"count":2}]""")).Status);

        // In the transaction: after its records are taken away, before the new ones are there.
        proxy.BreakAt = "INSERT INTO";
        var broken = await PutAsync(host, """[{"id":3,"count":3}]""");
        proxy.BreakAt = null;
        var after = await host.GetAsync("/tallies?count=true&page_size=0");

        Assert.Equal((503, "urn:flama:error:database_unavailable"), (broken.Status, broken.Json.GetProperty("type").GetString()));
        Assert.NotNull(broken.Headers.RetryAfter);
        Assert.Equal("The database does not answer, or cannot take the request now. Send the request again later.", broken.Json.GetProperty("detail").GetString());
        Assert.Equal(2, after.Json.GetProperty("meta").GetProperty("count").GetInt32());
        Assert.Contains(host.Log.All, line => line.Id == 5002 && line.Text.StartsWith("The database did not do what PUT of tally asked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Database_ThatIsNotThere_Is503()
    {
        Assert.SkipWhen(await server.StartAsync() is not null, await server.StartAsync() ?? "");
        await using DroppingProxy proxy = new(server.Port);
        await using var host = await StartAsync(options => options.UseNpgsql(server.ConnectionTo($"gone_{Guid.NewGuid():N}", proxy.Port) + ";Pooling=false"));
        await proxy.EndAsync();

        var answers = new[] { await host.GetAsync("/tallies"), await host.GetAsync("/tallies/1/"), await host.PostAsync("/tallies", "{}"), await host.SendAsync(HttpMethod.Delete, "/tallies/") };

        Assert.All(answers, answer => Assert.Equal((503, true), (answer.Status, answer.Headers.RetryAfter is not null)));
    }

    [Fact]
    public async Task File_ThatIsLocked_Is503()
    {
        using TemporaryDirectory directory = new();
        var file = $"Data Source={directory.PathOf("locked.db")};Pooling=false;Default Timeout=1";
        await using var host = await StartAsync(options => options.UseSqlite(file));
        await using SqliteConnection other = new(file);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var answer = await host.PostAsync("/tallies", "{}");

        Assert.Equal((503, true), (answer.Status, answer.Headers.RetryAfter is not null));
    }

    private static Task<FlamaHost> StartAsync(Action<DbContextOptionsBuilder> configure) => FlamaHost.StartAsync(
        app =>
        {
            using var scope = app.Services.CreateScope();
            scope.ServiceProvider.GetRequiredService<ShopContext>().Database.EnsureCreated();
            app.MapResource<Tally, ShopContext>("/tallies");
        },
        configure: builder =>
        {
            builder.Services.AddDbContext<ShopContext>(configure);
            builder.Services.AddFlama();
        });

    private static async Task<Answer> PutAsync(FlamaHost host, string json)
    {
        using StringContent content = new(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await host.Client.PutAsync(new Uri("/tallies/", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private static async Task KillAllAsync(string connection)
    {
        await using NpgsqlConnection other = new(connection + ";Pooling=false");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using NpgsqlCommand kill = new("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", other);
        Assert.True((long)(await kill.ExecuteScalarAsync(TestContext.Current.CancellationToken))! > 0);
    }
}
