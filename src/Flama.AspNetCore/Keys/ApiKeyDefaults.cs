namespace Flama.AspNetCore;

/// <summary>The names under which an application finds keys: the scheme, the policies, the claims.</summary>
public static class ApiKeyDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "Flama.ApiKey";

    /// <summary>The header of a key; <c>Authorization: Bearer</c> does too.</summary>
    public const string HeaderName = "X-API-Key";

    /// <summary>The claim that holds a scope of the key, once for each.</summary>
    public const string ScopeClaim = "scope";

    /// <summary>The claim that holds the name of a model that the key is for, once for each; none for all.</summary>
    public const string ModelClaim = "flama:model";

    /// <summary>The policy for methods of models and streams.</summary>
    public const string PredictPolicy = "Flama.Predict";

    /// <summary>The policy for what a model is, metrics and statistics.</summary>
    public const string InspectPolicy = "Flama.Inspect";

    /// <summary>The policy for whoever has valid credentials, whatever they allow.</summary>
    public const string CallerPolicy = "Flama.Caller";

    /// <summary>The policy for everything that changes what is served.</summary>
    public const string AdminPolicy = "Flama.Admin";
}
