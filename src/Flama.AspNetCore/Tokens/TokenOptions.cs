namespace Flama.AspNetCore;

/// <summary>Whose tokens (JWT, RFC 7519) are valid.</summary>
public sealed class TokenOptions
{
    /// <summary>The claim <c>iss</c> that a token must have.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The claim <c>aud</c> that a token must have: the name of this application with the issuer.</summary>
    public string Audience { get; set; } = "";

    /// <summary>
    /// Where the issuer's public keys are: a file (a JSON Web Key Set, or public keys or certificates in PEM), read again when it has changed; or the URL of a key set or of an OpenID
    /// configuration, read again every few hours and when a token names an unknown key. Null (default) for the OpenID configuration at the issuer's own URL.
    /// </summary>
    public string? Keys { get; set; }

    /// <summary>How far clocks may be apart. Default one minute.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);
}
