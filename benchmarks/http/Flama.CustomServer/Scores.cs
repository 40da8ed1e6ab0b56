using Flama.AspNetCore;

namespace Flama.CustomServer;

/// <summary>The resource of the model.</summary>
internal sealed class Scores : ModelResource
{
    public static string Path { get; } = System.IO.Path.GetFullPath("samples/churn/churn.flm");

    public override string Name => "churn";

    [ResourceMethod("/score/", "POST")]
    public Score Score(Customer customer) => new(Model.PredictOne<Customer, string>(customer));
}
