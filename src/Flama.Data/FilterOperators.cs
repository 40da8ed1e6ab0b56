namespace Flama.Data;

/// <summary>How a property may be compared in the query of a list. The words of queries are those in parentheses.</summary>
[Flags]
public enum FilterOperators
{
    /// <summary>No comparison: the property is not a filter.</summary>
    None = 0,

    /// <summary>The value (<c>eq</c>, or none).</summary>
    Equal = 1,

    /// <summary>Another value, and not null (<c>ne</c>).</summary>
    NotEqual = 1 << 1,

    /// <summary>More than the value (<c>gt</c>).</summary>
    Greater = 1 << 2,

    /// <summary>The value or more (<c>gte</c>, <c>ge</c>).</summary>
    GreaterOrEqual = 1 << 3,

    /// <summary>Less than the value (<c>lt</c>).</summary>
    Less = 1 << 4,

    /// <summary>The value or less (<c>lte</c>, <c>le</c>).</summary>
    LessOrEqual = 1 << 5,

    /// <summary>One of several values (<c>in</c>, once for each).</summary>
    In = 1 << 6,

    /// <summary>No value (<c>isnull</c>).</summary>
    IsNull = 1 << 7,

    /// <summary>Text with the value in it (<c>contains</c>).</summary>
    Contains = 1 << 8,

    /// <summary>Text with the value at its start (<c>startswith</c>).</summary>
    StartsWith = 1 << 9,

    /// <summary>Text with the value at its end (<c>endswith</c>).</summary>
    EndsWith = 1 << 10,

    /// <summary>As <see cref="Contains"/>, whatever the case (<c>icontains</c>).</summary>
    ContainsIgnoringCase = 1 << 11,

    /// <summary>As <see cref="StartsWith"/>, whatever the case (<c>istartswith</c>).</summary>
    StartsWithIgnoringCase = 1 << 12,

    /// <summary>As <see cref="EndsWith"/>, whatever the case (<c>iendswith</c>).</summary>
    EndsWithIgnoringCase = 1 << 13,

    /// <summary>Text by a pattern, with % for any text and _ for any character (<c>like</c>).</summary>
    Like = 1 << 14,

    /// <summary>As <see cref="Like"/>, whatever the case (<c>ilike</c>).</summary>
    LikeIgnoringCase = 1 << 15,

    /// <summary>Whatever the type of the property can be compared by.</summary>
    All = (1 << 16) - 1,
}
