namespace Flama.AspNetCore;

/// <summary>Counts the requests of callers for several instances of an application. Thread-safe.</summary>
public interface IRateLimitStore
{
    /// <summary>Counts a request.</summary>
    /// <param name="name">The caller and the window, a name of ASCII letters, digits and colons; made from a hash, it tells nothing about the caller.</param>
    /// <param name="lifetime">How long the count has to be kept.</param>
    /// <returns>The requests under this name, this one included.</returns>
    /// <remarks>Every failure may throw; then an instance counts on its own for a while.</remarks>
    Task<long> CountAsync(string name, TimeSpan lifetime);
}
