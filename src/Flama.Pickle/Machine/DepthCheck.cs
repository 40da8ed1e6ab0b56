using Flama.Pickle.Numpy;

namespace Flama.Pickle.Machine;

/// <summary>Measures how deep finished containers nest, for streams that filled a container after another had taken it in.</summary>
/// <remarks>
/// A walk in depth-first order with an explicit stack, each container once. A way back into a container that is being walked is a cycle and
/// ends there.
/// </remarks>
internal static class DepthCheck
{
    /// <summary>Refuses values that nest deeper than the limit.</summary>
    public static void Run(object? root, PickleLimits limits, PickleBudget budget, int offset)
    {
        if (!IsContainer(root))
        {
            return;
        }

        var depths = new Dictionary<object, int>(ReferenceEqualityComparer.Instance) { [root!] = 0 };
        var path = new Stack<Step>();
        path.Push(new Step(root!, 0, 0));
        while (path.TryPop(out var step))
        {
            if (!TryChild(step.Container, step.Next, out var child))
            {
                var depth = step.Deepest + 1;
                depths[step.Container] = depth;
                Check(depth, limits, offset);
                if (path.TryPop(out var parent))
                {
                    path.Push(parent with { Deepest = Math.Max(parent.Deepest, depth) });
                }

                continue;
            }

            step = step with { Next = step.Next + 1 };
            if (!IsContainer(child))
            {
                path.Push(step);
            }
            else if (depths.TryGetValue(child!, out var known))
            {
                path.Push(step with { Deepest = Math.Max(step.Deepest, known) });
            }
            else
            {
                budget.AddBytes(64, offset);
                depths[child!] = 0;
                path.Push(step);
                path.Push(new Step(child!, 0, 0));
            }
        }
    }

    private static void Check(int depth, PickleLimits limits, int offset)
    {
        if (depth > limits.MaxDepth)
        {
            throw new PickleException(
                PickleErrorCode.LimitExceeded,
                $"The pickle's containers nest more than {limits.MaxDepth} deep.",
                offset,
                remedy: "If the file is trusted, raise the limit in PickleLimits.");
        }
    }

    private static bool IsContainer(object? value) =>
        value is PickleTuple or PickleList or PickleDict or PickleObject or PickleSet or NdArray { Depth: > 0 };

    private static bool TryChild(object container, int index, out object? child)
    {
        switch (container)
        {
            case PickleTuple tuple:
                return TryItem(tuple.Slots, index, out child);
            case PickleList list:
                return TryItem(list, index, out child);
            case PickleSet set:
                return TryItem(set.Items, index, out child);
            case NdArray array:
                return TryItem((IList<object?>)array.Items, index, out child);
            case PickleDict dict:
                child = index / 2 >= dict.Count ? null : index % 2 == 0 ? dict.KeyAt(index / 2) : dict.ValueAt(index / 2);
                return index / 2 < dict.Count;
            case PickleObject instance:
                child = index switch
                {
                    0 => instance.Arguments,
                    1 => instance.State,
                    2 => instance.Entries,
                    _ => null,
                };
                return index < 3;
            default:
                child = null;
                return false;
        }
    }

    private static bool TryItem(IList<object?> items, int index, out object? child)
    {
        child = index < items.Count ? items[index] : null;
        return index < items.Count;
    }

    private readonly record struct Step(object Container, int Next, int Deepest);
}
