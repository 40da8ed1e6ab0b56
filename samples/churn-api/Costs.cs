using System.Text.Json;

namespace Churn.Api;

/// <summary>What the artifact of the model says.</summary>
internal sealed record Costs(double AgentsPerClient, double OperationalCost)
{
    public static Costs Of(JsonElement file) => new(file.GetProperty("agents_per_client").GetDouble(), file.GetProperty("operational_cost").GetDouble());
}
