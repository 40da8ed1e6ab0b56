using Microsoft.EntityFrameworkCore;

namespace Flama.Data.Tests.Shop;

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<Moment> Moments => Set<Moment>();

    public DbSet<Tally> Tallies => Set<Tally>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Customer>(customer =>
        {
            customer.HasIndex(one => one.Email).IsUnique();
            customer.Property<string?>("Hidden").HasMaxLength(10);
            customer.Property(one => one.Doubled).HasComputedColumnSql("\"Age\" * 2", stored: true);
            customer.ToTable(table => table.HasCheckConstraint("lucky", "\"Age\" <> 13"));
        });
        modelBuilder.Entity<Order>().Property(order => order.Product).HasMaxLength(20);
        modelBuilder.Entity<Tally>().Property(tally => tally.Version).IsConcurrencyToken();
    }
}
