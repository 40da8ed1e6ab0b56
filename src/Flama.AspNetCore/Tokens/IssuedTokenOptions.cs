namespace Flama.AspNetCore;

/// <summary>Tokens (JWT) that the application itself gives to its users.</summary>
public sealed class IssuedTokenOptions
{
    /// <summary>The secret that signs tokens (HS256), 32 bytes or more of UTF-8; the same in every instance, and from a secret store. There is no default.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The claim <c>iss</c>. Default <c>flama</c>.</summary>
    public string Issuer { get; set; } = "flama";

    /// <summary>The claim <c>aud</c>. Default <c>flama</c>.</summary>
    public string Audience { get; set; } = "flama";

    /// <summary>How long an access token is valid, more than zero. Default 15 minutes.</summary>
    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a refresh token is valid, more than zero. Default 14 days.</summary>
    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Whether the endpoints of models ask for these tokens too, with the scopes <c>predict</c>, <c>inspect</c> and <c>admin</c>, beside keys and other tokens where there are such. Default true.
    /// </summary>
    public bool ProtectsModels { get; set; } = true;
}
