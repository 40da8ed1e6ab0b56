using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>Which scikit-learn wrote an object that does not say: only scikit-learn's own classes do, those of libraries that extend it hold some.</summary>
internal static class WriterVersion
{
    private const int MaxObjects = 256;

    /// <summary>The version that the nearest object inside says; null when none does.</summary>
    public static SklearnVersion? Within(PickleObject pickled)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { pickled };
        var queue = new Queue<object>(seen);
        while (queue.TryDequeue(out var next))
        {
            if (next is PickleObject { Attributes: { } attributes } && attributes.TryGetValue("_sklearn_version", out var value)
                && value is string text && SklearnVersion.Parse(text) is { } version)
            {
                return version;
            }

            foreach (var item in ItemsOf(next))
            {
                if (item is PickleObject or PickleTuple or List<object?> or Pickle.Numpy.NdArray && seen.Count < MaxObjects && seen.Add(item))
                {
                    queue.Enqueue(item);
                }
            }
        }

        return null;
    }

    private static IEnumerable<object?> ItemsOf(object value) =>
        value is PickleObject pickled ? pickled.Attributes?.Select(entry => entry.Value) ?? [] : EstimatorState.ItemsOf(value) ?? [];
}
