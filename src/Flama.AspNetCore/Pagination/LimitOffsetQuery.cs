using Flama.AspNetCore.Pagination;
using Microsoft.AspNetCore.Mvc;

namespace Flama.AspNetCore;

/// <summary>
/// Which part of a collection a request asks for: <c>?limit=20&amp;offset=40&amp;count=true</c>. A parameter of an endpoint, with <c>[AsParameters]</c>: documents show the three, and
/// values that are none are answered with 400.
/// </summary>
public sealed record LimitOffsetQuery
{
    /// <summary>The most items; 0 for none, as where only the count is wanted. Default 10.</summary>
    [FromQuery(Name = PageQuery.Limit)]
    public int? Limit { get; init; }

    /// <summary>How many items to pass over. Default 0.</summary>
    [FromQuery(Name = PageQuery.Offset)]
    public int? Offset { get; init; }

    /// <summary>Whether all items are counted. Default false.</summary>
    [FromQuery(Name = PageQuery.Count)]
    public bool? Count { get; init; }

    /// <summary>Takes the part of a collection.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="items">The collection, in an order that stays.</param>
    /// <param name="maxLimit">The largest part that may be asked for.</param>
    /// <returns>The part; without items where it is behind the end.</returns>
    /// <exception cref="FlamaException">The offset is below 0, or the limit below 0 or above the largest (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public Page<T, LimitOffsetMeta> Of<T>(IEnumerable<T> items, int maxLimit = PageQuery.DefaultMaxSize)
    {
        ArgumentNullException.ThrowIfNull(items);
        Check(maxLimit);
        var (data, count) = PageQuery.Take(items, Start, Size, Count);
        return new(Meta(count), data);
    }

    /// <summary>Checks what was asked for.</summary>
    /// <param name="maxLimit">The largest part that may be asked for.</param>
    /// <exception cref="FlamaException">The offset is below 0, or the limit below 0 or above the largest (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public void Check(int maxLimit = PageQuery.DefaultMaxSize)
    {
        PageQuery.CheckAtLeast(PageQuery.Offset, Start, 0);
        PageQuery.CheckRange(PageQuery.Limit, Size, maxLimit);
    }

    /// <summary>How many items are passed over: what was asked for, or 0.</summary>
    public int Start => Offset ?? 0;

    /// <summary>The most items of the part: what was asked for, or the default.</summary>
    public int Size => Limit ?? PageQuery.DefaultSize;

    /// <summary>What the answer tells of the part.</summary>
    /// <param name="count">The items of the whole collection, where they were counted.</param>
    public LimitOffsetMeta Meta(long? count) => new(Size, Start, count);
}
