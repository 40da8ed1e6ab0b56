using System.Diagnostics.CodeAnalysis;
using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn;

/// <summary>Finds the estimators in a file that holds a dict, list or tuple with a model inside.</summary>
internal static class EstimatorSearch
{
    // Deeper than people nest, and more than they put into one file.
    private const int MaxDepth = 8;
    private const int MaxCompared = 64;

    // A list of more than these is data: no file lists so many models.
    private const int MaxItems = 10_000;

    /// <summary>One estimator of the file.</summary>
    /// <param name="Value">The object.</param>
    /// <param name="Path">Where it is, as Python would write it: <c>['model']</c>, <c>[0]['scaler']</c>; empty for the file's only object.</param>
    internal sealed record Finding(PickleObject Value, string Path);

    /// <summary>All estimators that are not inside of others, in the file's order, each object once.</summary>
    /// <param name="root">The file's object.</param>
    /// <param name="withParts">Whether those count too that stand beside a pipeline and are one of its steps.</param>
    public static List<Finding> In(object? root, bool withParts = false)
    {
        var found = new List<Finding>();
        Walk(root, (value, path, depth) =>
        {
            if (value is PickleObject candidate && IsEstimator(candidate))
            {
                found.Add(new(candidate, path));
                return [];
            }

            return depth < MaxDepth ? ItemsOf(value) : [];
        });
        return found.Count is > 1 and <= MaxCompared && !withParts ? WithoutParts(found) : found;
    }

    // A pipeline next to one of its own steps is the model.
    private static List<Finding> WithoutParts(List<Finding> found)
    {
        var parts = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var whole in found)
        {
            Walk(whole.Value, (value, _, _) =>
            {
                if (!ReferenceEquals(value, whole.Value))
                {
                    parts.Add(value);
                }

                return value is PickleObject instance ? PartsOf(instance) : ItemsOf(value);
            });
        }

        var outermost = found.FindAll(finding => !parts.Contains(finding.Value));
        return outermost.Count > 0 ? outermost : found;
    }

    /// <summary>Visits objects depth first, in order, each once whatever refers to it: a file may share them without end.</summary>
    private static void Walk(object? root, Func<object, string, int, IEnumerable<(object Value, string Step)>> visit)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Visit>();
        if (CanHold(root))
        {
            pending.Push(new(root, "", 0));
        }

        while (pending.TryPop(out var next))
        {
            if (!seen.Add(next.Value))
            {
                continue;
            }

            // The stack turns the order around once more.
            foreach (var (value, step) in visit(next.Value, next.Path, next.Depth).Reverse())
            {
                pending.Push(new(value, next.Depth < MaxDepth ? next.Path + step : "", next.Depth + 1));
            }
        }
    }

    /// <summary>scikit-learn writes its version into every estimator; others are known by their class.</summary>
    private static bool IsEstimator(PickleObject value) =>
        EstimatorCatalog.Contains(value.Class) || (value.Attributes?.TryGetValue("_sklearn_version", out _) ?? false);

    private static IEnumerable<(object Value, string Step)> ItemsOf(object value)
    {
        if ((value as PickleDict ?? (value as PickleObject)?.Entries) is { } dict)
        {
            if (dict.Count > MaxItems)
            {
                yield break;
            }

            foreach (var entry in dict)
            {
                if (CanHold(entry.Value))
                {
                    yield return (entry.Value, StepOf(entry.Key));
                }
            }

            yield break;
        }

        var items = EstimatorState.ItemsOf(value) ?? [];
        if (items.Count > MaxItems)
        {
            yield break;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (CanHold(items[i]))
            {
                yield return (items[i]!, $"[{i}]");
            }
        }
    }

    private static IEnumerable<(object Value, string Step)> PartsOf(PickleObject instance)
    {
        foreach (var part in (object?[])[instance.State, instance.Entries, instance.Arguments])
        {
            if (CanHold(part))
            {
                yield return (part, "");
            }
        }
    }

    private static bool CanHold([NotNullWhen(true)] object? value) =>
        value is PickleObject or PickleDict or PickleTuple or List<object?> or NdArray { Type.Kind: DTypeKind.Object };

    private static string StepOf(object? key) => key switch
    {
        string text => $"['{InputCheck.Shorten(text)}']",
        long number => $"[{number}]",
        _ => "[…]",
    };

    private sealed record Visit(object Value, string Path, int Depth);
}
