using Flama.Tests.Hosting;
using Flama.Tests.Twins;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Data.Tests.Twins;

/// <summary>The twin of the original's repository and unit of work: Entity Framework Core's context is both.</summary>
public sealed class DddTests
{
    private static readonly Dictionary<string, (int Status, string Why)> Others = [];

    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using SqliteConnection connection = new("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var twin = await FlamaHost.StartAsync(
            Map,
            configure: builder =>
            {
                builder.Services.AddDbContext<Bank>(options => options.UseSqlite(connection));
                builder.Services.AddFlama();
            });

        var answers = await Twin.AskAllAsync("ddd", twin);

        Assert.All(RecordedExchange.Of("ddd"), exchange => Twin.AssertSame(exchange, answers[exchange.Id], Others));
    }

    private static void Map(WebApplication app)
    {
        using var scope = app.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<Bank>().Database.EnsureCreated();
        app.MapPost("/account/", async (Bank bank, Account account) =>
        {
            bank.Add(account);
            await bank.SaveChangesAsync();
            return account;
        }).WithDatabaseErrors();

        // One unit of work: nothing is saved unless all of it is.
        app.MapPost("/transfer/{a}/{b}/{amount}/", async (Bank bank, string a, string b, int amount) =>
        {
            (await bank.FindAsync(a)).Amount -= amount;
            var to = await bank.FindAsync(b);
            to.Amount += amount;
            await bank.SaveChangesAsync();
            return new { to = to.Amount };
        }).WithDatabaseErrors();
        app.MapGet("/accounts/", (Bank bank) => bank.Accounts.OrderBy(account => account.Id).ToListAsync());
    }

    public sealed class Bank(DbContextOptions<Bank> options) : DbContext(options)
    {
        public DbSet<Account> Accounts => Set<Account>();

        public async Task<Account> FindAsync(string owner) =>
            await Accounts.SingleOrDefaultAsync(account => account.Owner == owner) ?? throw new FlamaException(ErrorCodes.RecordNotFound, $"There is no account of '{owner}'.");

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Account>().HasIndex(account => account.Owner).IsUnique();
    }

    public sealed class Account
    {
        public int Id { get; set; }

        public string Owner { get; set; } = "";

        public int Amount { get; set; }
    }
}
