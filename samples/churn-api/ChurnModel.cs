using Flama;
using Flama.AspNetCore;

namespace Churn.Api;

/// <summary>Who is about to leave, and what that costs.</summary>
[RequiresArtifact("artifact.json")]
internal sealed class ChurnModel : ModelResource
{
    private const int Balance = 8;

    public override string Name => "churn";

    public override string VerboseName => "Churn model";

    public override string ModelPath => "churn.flm";

    /// <summary>Expected loss</summary>
    /// <remarks>
    /// What is expected of each customer: the probability of the first class, times what the agents bring that the balance pays for, less what they cost.
    /// </remarks>
    [ResourceMethod("/loss/", "POST", Name = "model-predict-loss")]
    public Losses Loss(Customers customers)
    {
        var costs = OncePerModel(static model => Costs.Of(model.Artifacts!["artifact.json"].ReadJson()));
        using var probabilities = Model.Invoke(ModelMethod.PredictProba, ModelRows.OfJson(customers.Input));
        return new([.. customers.Input.EnumerateArray().Select((row, i) =>
            probabilities.Batch.Row(i)[0] * ((costs.AgentsPerClient * row[Balance].GetDouble()) - costs.OperationalCost))]);
    }
}
