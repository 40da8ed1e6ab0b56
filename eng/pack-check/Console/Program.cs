using Flama;

using var xor = FlamaModel.Load("xor.flm");
string[] labels = xor.PredictLabels([[0, 1], [1, 1]]);
Console.WriteLine(string.Join(' ', labels));

using var churn = FlamaModel.Load("churn.flm");
Customer[] customers = [new(792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78)];
Answer[] answers = churn.Predict<Customer, Answer>(customers);
Console.WriteLine($"{answers[0].Label} {answers[0].Probability > 0.5}");

internal sealed record Customer(
    [property: Feature(3)] int CreditScore,
    [property: Feature(4)] string Country,
    [property: Feature(5)] string Gender,
    [property: Feature(6)] int Age,
    [property: Feature(7)] int Tenure,
    [property: Feature(8)] double Balance,
    [property: Feature(9)] int Products,
    [property: Feature(10)] int HasCard,
    [property: Feature(11)] int IsActive,
    [property: Feature(12)] double Salary);

internal sealed record Answer(string Label, double Probability);
