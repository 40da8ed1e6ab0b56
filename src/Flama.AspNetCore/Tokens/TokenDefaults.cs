namespace Flama.AspNetCore;

/// <summary>The names under which an application finds tokens.</summary>
public static class TokenDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "Flama.Token";

    /// <summary>The authentication scheme of tokens that the application issues itself.</summary>
    public const string IssuedScheme = "Flama.IssuedToken";
}
