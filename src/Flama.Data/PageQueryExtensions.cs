using Flama.AspNetCore;
using Microsoft.EntityFrameworkCore;

namespace Flama.Data;

/// <summary>Takes pages of queries, for endpoints of an application's own.</summary>
public static class PageQueryExtensions
{
    private const int DefaultMaxSize = 1000;

    /// <summary>Asks the database for the page of a query, and counts where that is asked.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="page">The page.</param>
    /// <param name="query">The query, in an order that stays.</param>
    /// <param name="maxPageSize">The largest page that may be asked for.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>The page; without items where it is behind the end.</returns>
    /// <exception cref="FlamaException">The page is below 1, or the size below 0 or above the largest (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static async Task<Page<T, PageNumberMeta>> OfAsync<T>(
        this PageNumberQuery page, IQueryable<T> query, int maxPageSize = DefaultMaxSize, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(query);
        page.Check(maxPageSize);
        var (data, count) = await TakeAsync(query, page.Offset, page.Size, page.Count, cancellationToken);
        return new(page.Meta(count), data);
    }

    /// <summary>Asks the database for the part of a query, and counts where that is asked.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="part">The part.</param>
    /// <param name="query">The query, in an order that stays.</param>
    /// <param name="maxLimit">The largest part that may be asked for.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>The part; without items where it is behind the end.</returns>
    /// <exception cref="FlamaException">The offset is below 0, or the limit below 0 or above the largest (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static async Task<Page<T, LimitOffsetMeta>> OfAsync<T>(
        this LimitOffsetQuery part, IQueryable<T> query, int maxLimit = DefaultMaxSize, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(query);
        part.Check(maxLimit);
        var (data, count) = await TakeAsync(query, part.Start, part.Size, part.Count, cancellationToken);
        return new(part.Meta(count), data);
    }

    internal static async Task<(List<T> Data, long? Count)> TakeAsync<T>(IQueryable<T> query, long offset, int size, bool? wantsCount, CancellationToken cancellationToken)
    {
        long? count = wantsCount == true ? await query.LongCountAsync(cancellationToken) : null;
        var isEmpty = size == 0 || offset > int.MaxValue || offset >= count;
        return (isEmpty ? [] : await query.Skip((int)offset).Take(size).ToListAsync(cancellationToken), count);
    }
}
