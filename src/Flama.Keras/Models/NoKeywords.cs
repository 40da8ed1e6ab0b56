namespace Flama.Keras.Models;

/// <summary>A call without arguments by name.</summary>
internal static class NoKeywords
{
    public static IReadOnlyDictionary<string, object?> Value { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);
}
