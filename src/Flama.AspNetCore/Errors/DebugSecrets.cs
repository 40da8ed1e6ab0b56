namespace Flama.AspNetCore.Errors;

/// <summary>Keeps secrets from the developer's page.</summary>
internal static class DebugSecrets
{
    /// <summary>What stands for such a value.</summary>
    public const string Mask = "(hidden)";

    /// <summary>The value, or the mask where the name or the value itself tells of a secret.</summary>
    public static string Show(string name, string value) => SecretText.IsNameOfSecret(name) || SecretText.HasCredentials(value) ? Mask : value;
}
