using Flama.Tests.Hosting;
using Flama.Tests.Twins;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Data.Tests.Twins;

/// <summary>The twin of the original's collection over a table: the same statuses and the same JSON, or the difference with its reason.</summary>
public sealed class CrudTests(CrudTests.Replay replay) : IClassFixture<CrudTests.Replay>
{
    // Also in docs/guide/data-resources.md.
    private static readonly Dictionary<string, (int Status, string Why)> Others = new(StringComparer.Ordinal)
    {
        ["create duplicate name"] = (409, "What contradicts the stored records is a conflict, not a malformed request."),
        ["no slash"] = (200, "A slash at the end makes no difference."),
        ["page 0"] = (400, "Pages count from 1."),
        ["order unknown"] = (400, "An unknown property is the caller's mistake, not the server's."),
        ["replace duplicate"] = (400, "Two records of a list with one key are told by their places, as every fault of a body is."),
    };

    public static TheoryData<string> Exchanges => [.. RecordedExchange.Of("crud").Select(exchange => exchange.Id)];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Twin_AnswersAsTheOriginal(string id) =>
        Twin.AssertSame(RecordedExchange.Of("crud").Single(exchange => exchange.Id == id), replay.Answers[id], Others);

    public sealed class Replay : IAsyncLifetime
    {
        private readonly SqliteConnection connection = new("Data Source=:memory:");

        internal IReadOnlyDictionary<string, (int Status, string Body)> Answers { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await connection.OpenAsync();
            await using var twin = await FlamaHost.StartAsync(
                Map,
                configure: builder =>
                {
                    builder.Services.AddDbContext<PuppyContext>(options => options.UseSqlite(connection));
                    builder.Services.AddFlama();
                });
            Answers = await Twin.AskAllAsync("crud", twin);
        }

        public async ValueTask DisposeAsync() => await connection.DisposeAsync();

        private static void Map(WebApplication app)
        {
            using var scope = app.Services.CreateScope();
            scope.ServiceProvider.GetRequiredService<PuppyContext>().Database.EnsureCreated();
            app.MapResource<Puppy, PuppyContext>("/puppy/", resource => resource
                .Filter(puppy => puppy.Name, FilterOperators.Equal | FilterOperators.ContainsIgnoringCase | FilterOperators.StartsWith)
                .Filter(puppy => puppy.Age, FilterOperators.Equal | FilterOperators.Greater | FilterOperators.GreaterOrEqual | FilterOperators.Less | FilterOperators.In | FilterOperators.IsNull));
        }
    }

    public sealed class PuppyContext(DbContextOptions<PuppyContext> options) : DbContext(options)
    {
        public DbSet<Puppy> Puppies => Set<Puppy>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Puppy>().HasIndex(puppy => puppy.Name).IsUnique();
    }

    public sealed class Puppy
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";

        public int? Age { get; set; }
    }
}
