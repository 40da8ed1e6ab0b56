namespace Flama.Data.Saving;

/// <summary>The paths of a resource.</summary>
internal static class ResourcePath
{
    /// <summary>The route value of the key.</summary>
    public const string Key = "id";

    /// <summary>The path of the collection: with a slash at both ends, as those of models.</summary>
    public static string Collection(string pattern) => pattern.Trim('/') is { Length: > 0 } path ? $"/{path}/" : "/";

    /// <summary>The path of a record.</summary>
    public static string Record(string pattern) => $"{Collection(pattern)}{{{Key}}}/";
}
