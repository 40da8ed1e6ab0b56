namespace Flama.AspNetCore;

/// <summary>Where the keys of callers are.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>The file of keys, see <c>flama key add</c> and <see cref="Hosting.Keys.ApiKeyFile"/>. <c>AddApiKeys(path)</c> sets it.</summary>
    public string Path { get; set; } = "";
}
