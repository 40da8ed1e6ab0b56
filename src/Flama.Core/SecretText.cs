namespace Flama;

/// <summary>Tells values that must not be shown by their names or by how they are written: passwords, tokens, keys and the like.</summary>
public static class SecretText
{
    private static readonly string[] InNames =
    [
        "key", "token", "secret", "password", "passwd", "passphrase", "pwd", "auth", "cookie", "credential", "session", "signature", "certificate",
        "connectionstring", "connection_string", "dsn", "private", "sas", "jwt", "bearer", "salt",
    ];

    private static readonly string[] Schemes = ["bearer ", "basic ", "digest ", "negotiate "];

    private static readonly string[] Assignments = ["password=", "pwd=", "accountkey="];

    /// <summary>Whether a name, of a variable, a header or a setting, is one that secrets have.</summary>
    public static bool IsNameOfSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return InNames.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a value holds credentials: an authorization scheme, a URL with a password, or a connection string.</summary>
    public static bool HasCredentials(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        var at = scheme < 0 ? -1 : value.IndexOf('@', scheme);
        return (at > 0 && value.AsSpan(scheme + 3, at - scheme - 3).Contains(':'))
            || Schemes.Any(word => value.TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase))
            || Assignments.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
