namespace Flama.Torch.Lowering;

/// <summary>What has to hold of the lengths of inputs so that a lowered graph answers for them. Filled while lowering, read-only afterwards.</summary>
internal sealed class GuardSet
{
    private const int Most = 100_000;

    private readonly List<KeyValuePair<Sym, object>> guards = [];
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    /// <summary>Whether the graph answers for all lengths.</summary>
    public bool IsEmpty => guards.Count == 0;

    /// <summary>Takes a decision for the hint of a value and notes it.</summary>
    public object Decide(Sym value)
    {
        if (keys.Add(value.Key))
        {
            if (guards.Count == Most)
            {
                throw TorchErrors.Limit("its code decides by too many lengths");
            }

            guards.Add(new(value, value.Hint!));
        }

        return value.Hint!;
    }

    /// <summary>Whether lengths are decided as those that the graph was lowered for.</summary>
    public bool Hold(Func<int, int, long> lengthOf)
    {
        foreach (var (value, expected) in guards)
        {
            if (!value.Evaluate(lengthOf).Equals(expected))
            {
                return false;
            }
        }

        return true;
    }
}
