using System.ComponentModel.DataAnnotations;

namespace Shop;

/// <summary>What a customer ordered.</summary>
public sealed class Order
{
    public Guid Id { get; set; }

    public required int CustomerId { get; set; }

    [StringLength(50, MinimumLength = 1)]
    public required string Product { get; set; }

    [Range(1, 1000)]
    public int Pieces { get; set; } = 1;

    public Customer? Customer { get; set; }
}
