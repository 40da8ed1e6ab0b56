using Flama.Data.Tests.Shop;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Flama.Data.Tests;

/// <summary>What only PostgreSQL has: versions that it counts itself, strategies that try again.</summary>
public sealed class PostgresTests(PostgresServer server)
{
    [Fact]
    public async Task Version_OfTheDatabase_IsTheTag()
    {
        await using var host = await StartAsync(_ => { });

        var made = await host.PostAsync("/parcels", """{"weight":1.5}""");
        var tag = made.Headers.ETag!.Tag;

        Assert.False(made.Json.TryGetProperty("xmin", out _));
        Assert.Equal(tag, (await host.GetAsync("/parcels/1")).Headers.ETag!.Tag);
        var changed = await PatchAsync(host, """{"weight":2}""", tag);
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(tag, changed.Headers.ETag!.Tag);
        Assert.Equal(412, (await PatchAsync(host, """{"weight":3}""", tag)).Status);
        Assert.Equal(200, (await PatchAsync(host, """{"weight":3}""", changed.Headers.ETag.Tag)).Status);
    }

    [Fact]
    public async Task Numbers_ThatJsonDoesNotHave_AreTexts()
    {
        await using var host = await StartAsync(_ => { });

        var made = await host.PostAsync("/parcels", """{"weight":"NaN"}""");

        Assert.Equal((201, "NaN"), (made.Status, made.Json.GetProperty("weight").GetString()));
        Assert.Equal(200, (await host.GetAsync("/parcels")).Status);
        Assert.Equal(400, (await host.PostAsync("/parcels", """{"price":1e10}""")).Status);
    }

    [Fact]
    public async Task Strategy_ThatTriesAgain_HidesABreak()
    {
        await using var host = await StartAsync(npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.FromMilliseconds(10), null));
        Assert.Equal(200, (await PutAsync(host)).Status);
        var connection = host.Services.CreateScope().ServiceProvider.GetRequiredService<Post>().Database.GetConnectionString()!;
        for (var round = 0; round < 3; round++)
        {
            await using NpgsqlConnection other = new($"{connection};Pooling=false");
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using NpgsqlCommand kill = new("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", other);
            await kill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            Assert.Equal((200, 200), ((await PutAsync(host)).Status, (await host.GetAsync("/parcels")).Status));
        }
    }

    private static async Task<Answer> PutAsync(FlamaHost host)
    {
        using StringContent content = new("""[{"weight":1},{"weight":2}]""", System.Text.Encoding.UTF8, "application/json");
        using var response = await host.Client.PutAsync(new Uri("/parcels/", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private static async Task<Answer> PatchAsync(FlamaHost host, string json, string match)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, new Uri("/parcels/1", UriKind.Relative)) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", match);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private async Task<FlamaHost> StartAsync(Action<Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder> configure)
    {
        var missing = await server.StartAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");
        var connection = server.ConnectionTo($"post_{Guid.NewGuid():N}");
        return await FlamaHost.StartAsync(
            app =>
            {
                using var scope = app.Services.CreateScope();
                scope.ServiceProvider.GetRequiredService<Post>().Database.EnsureCreated();
                app.MapResource<Parcel, Post>("/parcels");
            },
            configure: builder =>
            {
                builder.Services.AddDbContext<Post>(options => options.UseNpgsql(connection, configure));
                builder.Services.AddFlama();
            });
    }

    private sealed class Post(DbContextOptions<Post> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Parcel>().Property<uint>("xmin").IsRowVersion();
            modelBuilder.Entity<Parcel>().Property(parcel => parcel.Price).HasPrecision(5, 2);
        }
    }

    private sealed class Parcel
    {
        public int Id { get; set; }

        public double Weight { get; set; }

        public decimal Price { get; set; }
    }
}
