using Flama.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Flama.Data.Tests.Shop;

/// <summary>The shop on SQLite, in a file.</summary>
public sealed class SqliteShop : ShopHost
{
    private readonly TemporaryDirectory directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        directory.Dispose();
    }

    protected override Task OpenAsync() => Task.CompletedTask;

    protected override void Configure(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={directory.PathOf("shop.db")}");
}
