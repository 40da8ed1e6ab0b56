namespace Flama.AspNetCore;

/// <summary>Remembers which refresh tokens were used, so that each is good once; for an application's own database. Thread-safe.</summary>
/// <remarks>Registered as a service. Without one, a refresh token is good until it expires.</remarks>
public interface IRefreshTokenStore
{
    /// <summary>Notes that a token is used.</summary>
    /// <param name="id">The token's id (<c>jti</c>).</param>
    /// <param name="subject">Whose it is.</param>
    /// <param name="expires">When it may be forgotten.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False where it was used or withdrawn before: the token is refused.</returns>
    ValueTask<bool> TryUseAsync(string id, string subject, DateTimeOffset expires, CancellationToken cancellationToken);
}
