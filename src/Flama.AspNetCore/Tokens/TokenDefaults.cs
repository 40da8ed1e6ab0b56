namespace Flama.AspNetCore;

/// <summary>The names under which an application finds tokens.</summary>
public static class TokenDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "Flama.Token";
}
