using System.Text.Json.Serialization;

namespace Flama.AspNetCore;

/// <summary>The tokens of a user, as OAuth 2.0 writes them.</summary>
/// <param name="AccessToken">For requests: <c>Authorization: Bearer …</c>.</param>
/// <param name="RefreshToken">For new tokens, and for nothing else.</param>
/// <param name="ExpiresIn">For how many seconds the access token is valid.</param>
public sealed record IssuedTokens(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn)
{
    /// <summary>How the access token is sent: <c>Bearer</c>.</summary>
    [JsonPropertyName("token_type")]
    public string TokenType => "Bearer";
}
