using Microsoft.EntityFrameworkCore;

namespace FlamaApi1;

/// <summary>Your tables: SQLite until another provider is chosen in Program.cs.</summary>
public sealed class ApiContext(DbContextOptions<ApiContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}
