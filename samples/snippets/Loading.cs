using Flama;

namespace Snippets;

internal static class Loading
{
    public static void Readme()
    {
        using var model = FlamaModel.Load("xor.flm");
        string[] labels = model.PredictLabels([[0, 1], [1, 1]]);
        double one = model.PredictProbabilities([[0, 1]])[0]["1"];

        Console.WriteLine($"{labels[0]} {one}");
    }

    public static void Package()
    {
        using var model = FlamaModel.Load("churn.flm");
        var labels = model.PredictLabels([[0.1, 2.0], [1.5, 0.3]]);

        Console.WriteLine(labels.Length);
    }

    public static async Task OtherSources(Stream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        using var fromBytes = FlamaModel.Load(bytes, "churn.flm");
        using var fromStream = await FlamaModel.LoadAsync(stream, "churn.flm", cancellationToken);

        Console.WriteLine(fromBytes.Metadata.ModelClass == fromStream.Metadata.ModelClass);
    }

    public static void Rows()
    {
        using var model = FlamaModel.Load("customers.pkl");
        model.PredictLabels([[0.1, 2.0], [1.5, 0.3]]);                                                  // numbers by position
        model.PredictLabels(new object?[][] { ["France", 42, null] });                                  // numbers and texts by position
        model.PredictLabels(ModelRows.Of([new Dictionary<string, object?> { ["country"] = "France" }])); // values by feature name
        model.PredictLabels(ModelRows.OfRecords(new[] { new Customer("France", 42, null) }));            // records by feature name
        model.PredictNumbers([[0.1, 2.0]]);                                                             // of a regressor
        model.PredictProbabilities([[0.1, 2.0]]);                                                       // by label

        Answer answer = model.Predict<Customer, Answer>([new("France", 42, null)])[0];
        Console.WriteLine($"{answer.Label} with {answer.Leaves}");
    }

    public static void Failures(string path)
    {
        try
        {
            using var model = FlamaModel.Load(path);
        }
        catch (FlamaException failure)
        {
            Console.Error.WriteLine($"{failure.Message} {failure.Remedy} ({failure.Code})");
        }
    }

    internal sealed record Customer(string Country, double Age, [property: Feature("balance_eur")] double? Balance);

    internal sealed record Answer(string Label, [property: Probability("yes")] double Leaves);
}
