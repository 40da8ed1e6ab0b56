using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Flama.Data.Tests.Shop;

public sealed class Customer
{
    public int Id { get; set; }

    [StringLength(50, MinimumLength = 2)]
    public required string Name { get; set; }

    [EmailAddress]
    public string? Email { get; set; }

    [Range(0, 130)]
    public int? Age { get; set; }

    public Tier Tier { get; set; } = Tier.Silver;

    public DateOnly? Born { get; set; }

    public decimal Balance { get; set; }

    public bool IsActive { get; set; } = true;

    [ReadOnly(true)]
    public DateTime Created { get; set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [JsonIgnore]
    public string PasswordHash { get; set; } = "secret";

    [ConcurrencyCheck]
    public Guid Version { get; set; }

    public int? Doubled { get; private set; }

    public List<Order> Orders { get; } = [];
}

public enum Tier
{
    Bronze = 1,
    Silver = 2,
    Gold = 3,
}
