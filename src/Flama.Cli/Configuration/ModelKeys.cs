
namespace Flama.Cli.Configuration;

/// <summary>The keys of a model, in <c>--model</c> and in files.</summary>
internal static class ModelKeys
{
    /// <summary>The model file.</summary>
    public const string File = "file", Path = "path";

    /// <summary>The path on the server.</summary>
    public const string Url = "url";

    /// <summary>The name.</summary>
    public const string Name = "name";

    /// <summary>Which model of a file that holds several.</summary>
    public const string Key = "key";

    /// <summary>What its inputs look like, with semicolons between several.</summary>
    public const string InputShape = "input_shape";

    /// <summary>A file with the schema of its rows.</summary>
    public const string Schema = "schema";

    /// <summary>The digest that a file from elsewhere must have.</summary>
    public const string Sha256 = "sha256";

    /// <summary>The keys that have a meaning.</summary>
    public static readonly IReadOnlyList<string> Known = [File, Path, Url, Name, Key, InputShape, Schema, Sha256];

    /// <summary>The keys of the original for language models, which have none here.</summary>
    public static readonly IReadOnlyList<string> Foreign = ["channel_scanner", "tool_scanner", "tool_parser", "params", "serving"];

    /// <summary>The failure for a key that is neither.</summary>
    /// <param name="where">What holds the key, for the message.</param>
    /// <param name="key">The key as it is called there.</param>
    /// <param name="prefix">What stands before the key's own name.</param>
    public static FlamaException Unknown(string where, string key, string prefix = "")
    {
        var nearest = Nearest.To(key, Known) is { } near ? $"Did you mean {prefix}{near}? " : "";
        return new FlamaException(ErrorCodes.InvalidOption, $"{where} has no key {prefix}{key}.", $"{nearest}A model has: {string.Join(", ", Known)}.");
    }
}
