using System.Diagnostics.CodeAnalysis;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Pandas;

/// <summary>A categorical array of pandas: categories in their order, and the position of each value's. Immutable and thread-safe.</summary>
/// <param name="Categories">The categories.</param>
/// <param name="Codes">For each value its category's position; −1 where it is missing.</param>
public sealed record PandasCategories(IReadOnlyList<object?> Categories, IReadOnlyList<long> Codes)
{
    /// <summary>Reads a categorical array.</summary>
    /// <param name="instance">What a pickle holds.</param>
    /// <param name="categories">The array.</param>
    /// <returns>False when the object is another one, or has categories of dates or intervals.</returns>
    public static bool TryRead(PickleObject instance, [NotNullWhen(true)] out PandasCategories? categories)
    {
        ArgumentNullException.ThrowIfNull(instance);
        categories = null;
        if (instance.Class.Name != "Categorical" || !instance.Class.Module.StartsWith("pandas.", StringComparison.Ordinal))
        {
            return false;
        }

        var parts = instance.State switch
        {
            PickleTuple tuple => tuple.Items,
            PickleDict dict => [.. dict.Select(entry => entry.Value)],
            _ => (IReadOnlyList<object?>)[],
        };
        var codes = parts.OfType<NdArray>().FirstOrDefault(array => array is { Shape.Count: 1, Type.Kind: DTypeKind.Integer });
        var type = parts.OfType<PickleObject>().FirstOrDefault(part => part.Class.Name == "CategoricalDtype");
        if (codes is null || type is null || CategoriesOf(type) is not { } labels)
        {
            return false;
        }

        var positions = codes.ToInt64s();
        if (positions.Any(code => code < -1 || code >= labels.Length))
        {
            return false;
        }

        categories = new(labels, positions);
        return true;
    }

    /// <summary>The values as objects; None where one is missing.</summary>
    internal NdArray ToArray() => new([Codes.Count], [.. Codes.Select(code => code < 0 ? null : Categories[(int)code])]);

    private static object?[]? CategoriesOf(PickleObject type)
    {
        object? categories = null;
        _ = type.Attributes?.TryGetValue("categories", out categories);
        return categories is PickleObject index && PandasIndex.TryRead(index, out var labels) ? labels.ToObjects() : null;
    }
}
