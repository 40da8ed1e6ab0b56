using System.Collections.Frozen;
using System.Globalization;
using System.Linq.Expressions;
using Flama.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Flama.Data.Listing;

/// <summary>Reads the queries of lists: pages, order, and filters. Thread-safe.</summary>
internal sealed class ListReader
{
    /// <summary>The parameters that are no filters.</summary>
    public const string Page = "page", PageSize = "page_size", Limit = "limit", Offset = "offset", Count = "count", OrderBy = "order_by", OrderDirection = "order_direction";

    private const string Descending = "desc";

    private readonly ListRules rules;
    private readonly FrozenDictionary<string, MemberFilter> filters;
    private readonly FrozenDictionary<string, MemberOrder> orders;
    private readonly MemberOrder byKey;

    /// <summary>Makes a reader.</summary>
    /// <param name="filters">What lists may be filtered by.</param>
    /// <param name="orders">What they may be ordered by.</param>
    /// <param name="byKey">What orders the records that are equal otherwise, so that no page has one twice.</param>
    /// <param name="rules">How they may be asked for.</param>
    public ListReader(IReadOnlyList<MemberFilter> filters, IReadOnlyList<MemberOrder> orders, MemberOrder byKey, ListRules rules)
    {
        this.byKey = byKey;
        this.rules = rules;
        Filters = filters;
        Orders = orders;
        this.filters = filters.ToFrozenDictionary(filter => filter.Member.Name, StringComparer.Ordinal);
        this.orders = orders.ToFrozenDictionary(order => order.Member.Name, StringComparer.Ordinal);
    }

    /// <summary>How lists may be asked for.</summary>
    public ListRules Rules => rules;

    /// <summary>What lists may be filtered by.</summary>
    public IReadOnlyList<MemberFilter> Filters { get; }

    /// <summary>What lists may be ordered by.</summary>
    public IReadOnlyList<MemberOrder> Orders { get; }

    /// <summary>Whether a parameter stands for something else than a filter.</summary>
    public static bool IsReserved(string name) => name is Page or PageSize or Limit or Offset or Count or OrderBy or OrderDirection;

    /// <summary>Reads a query. Parameters that are nobody's are nobody's business.</summary>
    /// <exception cref="FlamaException">A parameter has no value that it takes (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public ListRequest Read(IQueryCollection query)
    {
        var wantsCount = ReadCount(query);
        var isDescending = string.Equals(query[OrderDirection], Descending, StringComparison.OrdinalIgnoreCase);
        List<Expression> conditions = ReadConditions(query);
        var order = ReadOrder(query);
        if (rules.Paging == ResourcePaging.PageNumber)
        {
            PageNumberQuery page = new() { Page = ReadInteger(query, Page), PageSize = ReadInteger(query, PageSize) ?? rules.PageSize };
            page.Check(rules.MaxPageSize);
            return new(conditions, order, isDescending, page.Offset, page.Size, wantsCount, page.Meta);
        }

        LimitOffsetQuery part = new() { Limit = ReadInteger(query, Limit) ?? rules.PageSize, Offset = ReadInteger(query, Offset) };
        part.Check(rules.MaxPageSize);
        return new(conditions, order, isDescending, part.Start, part.Size, wantsCount, part.Meta);
    }

    /// <summary>Refuses what only lists take: a filter on the way to a whole collection would be overlooked.</summary>
    /// <exception cref="FlamaException">There is a filter (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public void RefuseFilters(IQueryCollection query, string what)
    {
        if (query.Keys.FirstOrDefault(key => filters.ContainsKey(key) || IsReserved(key)) is { } name)
        {
            throw new FlamaException(
                [new InputProblem("filter", $"'{name}' would be overlooked: the request {what}, whatever the query says. Leave the query out.") { Name = name }], 1);
        }
    }

    private List<Expression> ReadConditions(IQueryCollection query)
    {
        List<Expression> conditions = [];
        var given = 0;
        foreach (var (name, values) in query)
        {
            if (!filters.TryGetValue(name, out var filter))
            {
                continue;
            }

            given += values.Count;
            if (given > rules.MaxConditions)
            {
                throw new FlamaException([new InputProblem("too_many", $"The query has more than {rules.MaxConditions} conditions, the most that are taken.") { Name = name }], 1);
            }

            conditions.AddRange(filter.Read(values.Select(value => value ?? "")));
        }

        return conditions;
    }

    private List<MemberOrder> ReadOrder(IQueryCollection query)
    {
        List<MemberOrder> order = [];
        foreach (var name in query[OrderBy].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal))
        {
            order.Add(orders.TryGetValue(name, out var found) ? found : throw new FlamaException(
                [new InputProblem("order", $"Lists cannot be ordered by '{name}', but by {string.Join(", ", Orders.Select(one => one.Member.Name))}.") { Name = OrderBy }], 1));
        }

        if (!order.Exists(one => one.Member == byKey.Member))
        {
            order.Add(byKey);
        }

        return order;
    }

    private static bool ReadCount(IQueryCollection query)
    {
        var text = query[Count].LastOrDefault();
        return string.IsNullOrEmpty(text) ? false
            : bool.TryParse(text, out var count) ? count
            : text is "1" || (text is "0" ? false : throw Refuse(Count, "true or false"));
    }

    private static int? ReadInteger(IQueryCollection query, string name)
    {
        var text = query[name].LastOrDefault();
        return string.IsNullOrEmpty(text) ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw Refuse(name, "a whole number that fits into 32 bits");
    }

    private static FlamaException Refuse(string name, string expected) => new([new InputProblem("wrong_type", $"'{name}' must be {expected}.") { Name = name }], 1);
}
