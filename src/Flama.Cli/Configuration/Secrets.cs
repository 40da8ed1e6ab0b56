namespace Flama.Cli.Configuration;

/// <summary>Keeps credentials out of what is shown.</summary>
internal static class Secrets
{
    /// <summary>What stands for a secret.</summary>
    public const string Mask = "***";

    private static readonly string[] InNames = ["auth", "cookie", "token", "secret", "password", "key", "credential", "session"];

    private static readonly string[] InValues = ["bearer ", "basic ", "digest ", "negotiate "];

    /// <summary>A header <c>NAME:VALUE</c> without its value when that is a credential, by its name or by how it begins.</summary>
    public static string InHeader(string header)
    {
        var colon = header.IndexOf(':');
        var name = colon < 0 ? "" : header[..colon];
        var value = header[(colon + 1)..].TrimStart();
        var isSecret = InNames.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            || InValues.Any(word => value.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return isSecret ? $"{name}: {Mask}" : header;
    }
}
