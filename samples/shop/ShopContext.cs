using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>The tables of the shop.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Customer>().HasIndex(customer => customer.Email).IsUnique();
}
