namespace Flama.Keras.Tests.Golden;

/// <summary>The cases that are refused or answered otherwise than by the real library, with what the message says: the layer or operation, or the difference.</summary>
internal static class KnownFailures
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // The case is one of the signature classify; serving_default is served.
        ["tf_several_signatures__tf215"] = "output p: shape [5, 5], not [5, 3]",
        ["tf_several_signatures__tf221"] = "output p: shape [5, 5], not [5, 3]",
    };
}
