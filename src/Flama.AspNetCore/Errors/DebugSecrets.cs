namespace Flama.AspNetCore.Errors;

/// <summary>Which names stand for values that not even a developer's page shows.</summary>
internal static class DebugSecrets
{
    /// <summary>What stands for such a value.</summary>
    public const string Mask = "(hidden)";

    private static readonly string[] InNames =
    [
        "key", "token", "secret", "password", "passwd", "passphrase", "pwd", "auth", "cookie", "credential", "session", "signature", "certificate",
        "connectionstring", "connection_string", "dsn", "private", "sas", "jwt", "bearer", "salt",
    ];

    /// <summary>The value, or the mask where the name or the value itself tells of a secret.</summary>
    public static string Show(string name, string value) => IsSecret(name) || HasCredentials(value) ? Mask : value;

    private static bool IsSecret(string name) => InNames.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    // An address with a password: scheme://user:password@host. Parts of connection strings: Password=…
    private static bool HasCredentials(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        var at = scheme < 0 ? -1 : value.IndexOf('@', scheme);
        return (at > 0 && value.AsSpan(scheme + 3, at - scheme - 3).Contains(':'))
            || value.Contains("password=", StringComparison.OrdinalIgnoreCase)
            || value.Contains("pwd=", StringComparison.OrdinalIgnoreCase)
            || value.Contains("accountkey=", StringComparison.OrdinalIgnoreCase);
    }
}
