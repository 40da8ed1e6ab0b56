using Flama;

namespace FlamaWorker1;

/// <summary>What the model takes. It was trained without names, so that a property says which column it is; one that was trained with names needs no attribute where the names are alike.</summary>
internal sealed record Customer(
    [property: Feature(3)] double? CreditScore,
    [property: Feature(4)] string? Country,
    [property: Feature(5)] string? Gender,
    [property: Feature(6)] double? Age,
    [property: Feature(7)] double? Tenure,
    [property: Feature(8)] double? Balance,
    [property: Feature(9)] double? Products,
    [property: Feature(10)] double? HasCard,
    [property: Feature(11)] double? IsActive,
    [property: Feature(12)] double? Salary);
