namespace Flama.Hosting.Auditing;

/// <summary>Who did what, to which model, and what came of it. Never what was asked or answered.</summary>
/// <param name="What">The method and the path, without the query: <c>POST /churn/predict/</c>.</param>
public sealed record AuditRecord(string What)
{
    /// <summary>The name of the caller; null for one without valid credentials.</summary>
    public string? Who { get; init; }

    /// <summary>The id of the key, or the subject of the token; null for none.</summary>
    public string? Credential { get; init; }

    /// <summary>Where the caller is; null where that is not known.</summary>
    public string? Address { get; init; }

    /// <summary>The name of the model; null for none.</summary>
    public string? Model { get; init; }

    /// <summary>SHA-256 of the model's file, hexadecimal; null where there is none.</summary>
    public string? Digest { get; init; }

    /// <summary>The HTTP status; null for what is not a request.</summary>
    public int? Status { get; init; }

    /// <summary>The id of the request; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>When it ended; now unless it is set.</summary>
    public DateTimeOffset Time { get; init; } = TimeProvider.System.GetUtcNow();
}
