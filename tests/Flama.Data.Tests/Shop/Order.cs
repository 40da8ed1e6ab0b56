namespace Flama.Data.Tests.Shop;

public sealed class Order
{
    public Guid Id { get; set; }

    public int CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public required string Product { get; set; }
}
