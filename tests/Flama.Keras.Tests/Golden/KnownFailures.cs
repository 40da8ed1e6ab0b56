namespace Flama.Keras.Tests.Golden;

/// <summary>The cases that are refused or answered otherwise than by the real library, with what the message says: the layer or operation, or the difference.</summary>
internal static class KnownFailures
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };
}
