namespace Flama.Cli.Configuration;

/// <summary>Keeps credentials out of what is shown.</summary>
internal static class Secrets
{
    /// <summary>What stands for a secret.</summary>
    public const string Mask = "***";

    /// <summary>A header <c>NAME:VALUE</c> without its value when that is a credential, by its name or by how it is written.</summary>
    public static string InHeader(string header)
    {
        var colon = header.IndexOf(':');
        var name = colon < 0 ? "" : header[..colon];
        return SecretText.IsNameOfSecret(name) || SecretText.HasCredentials(header[(colon + 1)..]) ? $"{name}: {Mask}" : header;
    }
}
