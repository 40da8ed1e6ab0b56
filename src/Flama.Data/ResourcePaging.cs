namespace Flama.Data;

/// <summary>How the collection of a data resource is cut into pages.</summary>
public enum ResourcePaging
{
    /// <summary><c>?page=2&amp;page_size=20</c>.</summary>
    PageNumber,

    /// <summary><c>?limit=20&amp;offset=40</c>.</summary>
    LimitOffset,
}
