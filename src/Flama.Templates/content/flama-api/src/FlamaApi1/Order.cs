using System.ComponentModel.DataAnnotations;

namespace FlamaApi1;

/// <summary>A row of your data, as stored and as shown.</summary>
public sealed class Order
{
    public int Id { get; set; }

    [StringLength(100, MinimumLength = 1)]
    public required string Product { get; set; }

    [Range(1, 1000)]
    public int Quantity { get; set; } = 1;
}
