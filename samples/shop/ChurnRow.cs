using Flama;

namespace Shop;

/// <summary>A customer as the model takes it, which was trained without column names.</summary>
internal sealed record ChurnRow(
    [property: Feature(3)] double CreditScore,
    [property: Feature(4)] string Country,
    [property: Feature(5)] string Gender,
    [property: Feature(6)] double Age,
    [property: Feature(7)] double Tenure,
    [property: Feature(8)] double Balance,
    [property: Feature(9)] double Products,
    [property: Feature(10)] double HasCard,
    [property: Feature(11)] double IsActive,
    [property: Feature(12)] double Salary)
{
    public static ChurnRow Of(Customer customer) => new(
        customer.CreditScore, customer.Country, customer.Gender, customer.Age, customer.Tenure, customer.Balance,
        customer.Products, customer.HasCard ? 1 : 0, customer.IsActive ? 1 : 0, customer.Salary);
}
