using Flama.AspNetCore.Pagination;
using Microsoft.AspNetCore.Mvc;

namespace Flama.AspNetCore;

/// <summary>
/// Which page a request asks for: <c>?page=2&amp;page_size=20&amp;count=true</c>. A parameter of an endpoint, with <c>[AsParameters]</c>: documents show the three, and values that are
/// none are answered with 400.
/// </summary>
public sealed record PageNumberQuery
{
    /// <summary>The page, counted from 1. Default 1.</summary>
    [FromQuery(Name = PageQuery.Page)]
    public int? Page { get; init; }

    /// <summary>The most items of a page; 0 for none, as where only the count is wanted. Default 10.</summary>
    [FromQuery(Name = PageQuery.PageSize)]
    public int? PageSize { get; init; }

    /// <summary>Whether all items are counted. Default false.</summary>
    [FromQuery(Name = PageQuery.Count)]
    public bool? Count { get; init; }

    /// <summary>Takes the page of a collection.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="items">The collection, in an order that stays.</param>
    /// <param name="maxPageSize">The largest page that may be asked for.</param>
    /// <returns>The page; without items where it is behind the end.</returns>
    /// <exception cref="FlamaException">The page is below 1, or the size below 0 or above the largest (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public Page<T, PageNumberMeta> Of<T>(IEnumerable<T> items, int maxPageSize = PageQuery.DefaultMaxSize)
    {
        ArgumentNullException.ThrowIfNull(items);
        Check(maxPageSize);
        var (data, count) = PageQuery.Take(items, Offset, Size, Count);
        return new(Meta(count), data);
    }

    /// <summary>Checks what was asked for.</summary>
    /// <param name="maxPageSize">The largest page that may be asked for.</param>
    /// <exception cref="FlamaException">The page is below 1, or the size below 0 or above the largest (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public void Check(int maxPageSize = PageQuery.DefaultMaxSize)
    {
        PageQuery.CheckAtLeast(PageQuery.Page, Number, 1);
        PageQuery.CheckRange(PageQuery.PageSize, Size, maxPageSize);
    }

    /// <summary>How many items stand before the page.</summary>
    public long Offset => (Number - 1L) * Size;

    /// <summary>The most items of the page: what was asked for, or the default.</summary>
    public int Size => PageSize ?? PageQuery.DefaultSize;

    /// <summary>What the answer tells of the page.</summary>
    /// <param name="count">The items of all pages, where they were counted.</param>
    public PageNumberMeta Meta(long? count) => new(Number, Size, count);

    private int Number => Page ?? 1;
}
