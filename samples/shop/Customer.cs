using System.ComponentModel.DataAnnotations;

namespace Shop;

/// <summary>A customer, as stored and as shown.</summary>
public sealed class Customer
{
    public int Id { get; set; }

    [StringLength(100, MinimumLength = 1)]
    public required string Name { get; set; }

    [EmailAddress]
    public required string Email { get; set; }

    [Range(18, 120)]
    public int Age { get; set; } = 18;

    public string Country { get; set; } = "France";

    public string Gender { get; set; } = "Female";

    [Range(300, 850)]
    public int CreditScore { get; set; } = 600;

    public int Tenure { get; set; }

    public double Balance { get; set; }

    public int Products { get; set; } = 1;

    public bool HasCard { get; set; }

    public bool IsActive { get; set; } = true;

    public double Salary { get; set; }

    [ConcurrencyCheck]
    public Guid Version { get; set; }

    public List<Order> Orders { get; } = [];
}
