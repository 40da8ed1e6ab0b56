namespace Flama.Hosting.Keys;

/// <summary>What a key allows. None of them includes another.</summary>
public static class ApiKeyScopes
{
    /// <summary>Methods of models and streams.</summary>
    public const string Predict = "predict";

    /// <summary>What a model is, metrics and statistics.</summary>
    public const string Inspect = "inspect";

    /// <summary>Everything that changes what is served.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Predict, Inspect, Admin];
}
