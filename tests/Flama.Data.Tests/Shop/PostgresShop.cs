using Microsoft.EntityFrameworkCore;

namespace Flama.Data.Tests.Shop;

/// <summary>The shop on PostgreSQL, in a server of the tests' own.</summary>
public sealed class PostgresShop(PostgresServer server) : ShopHost
{
    private string connection = "";

    protected override async Task OpenAsync()
    {
        Missing = await server.StartAsync();
        connection = server.ConnectionTo($"shop_{Guid.NewGuid():N}");
    }

    protected override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(connection);
}
