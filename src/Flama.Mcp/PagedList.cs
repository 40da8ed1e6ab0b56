using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Flama.Mcp;

/// <summary>A list of what models and the application have, sorted, in pages of what the caller may use. Thread-safe.</summary>
/// <typeparam name="TPrimitive">What is listed.</typeparam>
/// <typeparam name="TItem">What clients are shown of it.</typeparam>
/// <param name="all">All there is at this moment.</param>
/// <param name="show">Shows one; null where it does not belong to the list.</param>
/// <param name="idOf">The name or URI that one is found by.</param>
/// <param name="isFor">Whether the caller of a request may use one.</param>
/// <param name="sizeOf">About how many bytes one takes.</param>
internal sealed class PagedList<TPrimitive, TItem>(
    McpServerPrimitiveCollection<TPrimitive> all, Func<TPrimitive, TItem?> show, Func<TItem, string> idOf, Func<TPrimitive, HttpContext, ValueTask<bool>> isFor, Func<TItem, int> sizeOf)
    where TPrimitive : class, IMcpServerPrimitive
    where TItem : class
{
    // Repositories have thousands of models, and the schemas of wide ones are long.
    private const int MostItems = 100;
    private const int MostBytes = 256 * 1024;

    /// <summary>Answers a request for a page.</summary>
    /// <typeparam name="TResult">The answer.</typeparam>
    /// <param name="cursor">Where the page begins; null for the beginning.</param>
    /// <param name="hasOthers">Whether the application lists more by a handler of its own.</param>
    /// <param name="others">What that handler lists, and at the beginning all of this list.</param>
    /// <param name="itemsOf">The items of an answer.</param>
    public async ValueTask<TResult> AnswerAsync<TResult>(string? cursor, bool hasOthers, Func<ValueTask<TResult>> others, Func<TResult, IList<TItem>> itemsOf)
        where TResult : PaginatedResult, new()
    {
        var from = ListCursor.Find(cursor);
        if (from is null && cursor is not null)
        {
            return hasOthers ? await others() : throw ListCursor.Unknown();
        }

        var result = from is null ? await others() : new();
        result.NextCursor = await FillAsync(from ?? new("", result.NextCursor), itemsOf(result));
        return result;
    }

    private async ValueTask<string?> FillAsync(ListCursor from, IList<TItem> page)
    {
        // The application's own stay in front.
        for (var i = page.Count - 1; i >= 0; i--)
        {
            if (all.TryGetPrimitive(idOf(page[i]), out _))
            {
                page.RemoveAt(i);
            }
        }

        var request = CurrentRequest.Get();
        var (count, bytes, last) = (0, 0L, from.After);
        foreach (var one in all.Where(one => string.CompareOrdinal(one.Id, from.After) > 0).OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            if (show(one) is not { } item || !await isFor(one, request))
            {
                continue;
            }

            bytes += sizeOf(item);
            if (count > 0 && (count == MostItems || bytes > MostBytes))
            {
                return new ListCursor(last, from.Theirs).ToString();
            }

            (count, last) = (count + 1, one.Id);
            page.Add(item);
        }

        return from.Theirs;
    }
}
