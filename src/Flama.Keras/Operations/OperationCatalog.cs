using System.Collections.Frozen;

namespace Flama.Keras.Operations;

/// <summary>The operations of <c>keras.ops</c> that are known, by class.</summary>
internal static class OperationCatalog
{
    private static readonly FrozenDictionary<string, OperationLowering> Known =
        ArithmeticOperations.All.Concat(ShapeOperations.All).Concat(ReductionOperations.All).Concat(NeuralOperations.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, in order.</summary>
    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>Finds one; null for one that is not known.</summary>
    public static OperationLowering? Find(string className) => Known.GetValueOrDefault(className);
}
