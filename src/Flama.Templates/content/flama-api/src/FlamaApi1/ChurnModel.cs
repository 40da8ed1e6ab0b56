using System.Text.Json;
using Flama;
using Flama.AspNetCore;

namespace FlamaApi1;

/// <summary>The model with methods of your own beside those that it has.</summary>
[RequiresArtifact("artifact.json")]
internal sealed class ChurnModel : ModelResource
{
    private const int Balance = 8;

    /// <summary>The name of the model in Program.cs.</summary>
    public override string Name => "churn";

    /// <summary>Expected loss</summary>
    /// <remarks>The probability of the first class, times what the agents bring that the balance pays for, less what they cost.</remarks>
    [ResourceMethod("/loss/", "POST", Name = "churn-loss")]
    public Losses Loss(Rows rows)
    {
        var costs = OncePerModel(static model => Costs.Of(model.Artifacts!["artifact.json"].ReadJson()));
        using var probabilities = Model.Invoke(ModelMethod.PredictProba, ModelRows.OfJson(rows.Input));
        return new([.. rows.Input.EnumerateArray().Select((row, i) =>
            probabilities.Batch.Row(i)[0] * ((costs.AgentsPerClient * row[Balance].GetDouble()) - costs.OperationalCost))]);
    }

    /// <summary>Rows as the model was trained with them.</summary>
    /// <param name="Input">A list of cells for each.</param>
    internal sealed record Rows(JsonElement Input);

    /// <summary>What is expected to be lost.</summary>
    /// <param name="Output">A number for each row.</param>
    internal sealed record Losses(double[] Output);

    private sealed record Costs(double AgentsPerClient, double OperationalCost)
    {
        public static Costs Of(JsonElement file) => new(file.GetProperty("agents_per_client").GetDouble(), file.GetProperty("operational_cost").GetDouble());
    }
}
