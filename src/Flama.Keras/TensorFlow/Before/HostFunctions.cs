using System.Collections.Frozen;

namespace Flama.Keras.TensorFlow.Before;

/// <summary>The operations that can be computed before the graph, by name.</summary>
internal static class HostFunctions
{
    private static readonly FrozenDictionary<string, HostFunction> Known =
        HostShapes.All.Concat(HostNumbers.All).Concat(HostTexts.All).Concat(HostSparse.All).Concat(HostRagged.All).Concat(HostExamples.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Finds one; null for one that is not known.</summary>
    public static HostFunction? Find(string op) => Known.GetValueOrDefault(op);
}
