namespace Flama.AspNetCore;

/// <summary>How many requests an application answers.</summary>
public sealed class RequestLimitOptions
{
    /// <summary>How many requests at a time, 1 or more; further ones are answered 503 with <c>Retry-After</c>. Null (default) for any number.</summary>
    public int? MaxConcurrentRequests { get; set; }

    /// <summary>After how many requests the application stops gracefully, 1 or more, for a supervisor to start it anew. Null (default) for never.</summary>
    public long? MaxRequests { get; set; }
}
