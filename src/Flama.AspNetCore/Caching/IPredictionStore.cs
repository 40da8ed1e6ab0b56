namespace Flama.AspNetCore;

/// <summary>Keeps answers for several instances of an application, as a second level behind the memory of each. Thread-safe.</summary>
/// <remarks>Every failure may throw; then an instance goes on without it for a while.</remarks>
public interface IPredictionStore
{
    /// <summary>An answer that was kept; null for none.</summary>
    /// <param name="name">The name, of ASCII letters, digits and colons: a hash of the model, the method and the input.</param>
    Task<byte[]?> GetAsync(string name);

    /// <summary>Keeps an answer.</summary>
    /// <param name="name">The name.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="time">How long.</param>
    /// <returns>Whether it was kept.</returns>
    Task<bool> SetAsync(string name, byte[] answer, TimeSpan time);
}
