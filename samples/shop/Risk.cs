namespace Shop;

/// <summary>What to do about a customer who may leave.</summary>
internal sealed record Risk(double Leaves, string Action);
