using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Flama.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Flama.Data.Listing;

/// <summary>Finds out, once, what lists can be filtered and ordered by: what suits the type of a member and what its database knows.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <param name="context">A context, which is asked for SQL and not for data.</param>
/// <param name="shape">What is known of the records.</param>
/// <param name="options">What the user decided.</param>
internal sealed class ListMaking<TEntity>(DbContext context, EntityShape<TEntity> shape, DataResourceOptions<TEntity> options)
    where TEntity : class
{
    private const FilterOperators Same = FilterOperators.Equal | FilterOperators.NotEqual | FilterOperators.In | FilterOperators.IsNull;
    private const FilterOperators Ordered = FilterOperators.Greater | FilterOperators.GreaterOrEqual | FilterOperators.Less | FilterOperators.LessOrEqual;

    private static readonly HashSet<Type> OrderedTypes = [typeof(string), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan)];

    private readonly Func<string, string> lower = context.Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? AsciiLower : static text => text.ToLowerInvariant();

    /// <summary>Makes the reader.</summary>
    /// <exception cref="FlamaException">The options name an operator that a property cannot be compared by (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public ListReader Make()
    {
        List<MemberFilter> filters = [];
        List<MemberOrder> orders = [];
        foreach (var member in shape.Members)
        {
            var possible = Possible(member);
            if (Filter(member, possible) is { } filter)
            {
                filters.Add(filter);
            }

            var order = OrderBy(member);
            if (possible.HasFlag(FilterOperators.Equal) && IsTranslated(query => order.Apply(query, isFirst: true, isDescending: false)))
            {
                orders.Add(order);
            }
        }

        return new(filters, orders, OrderBy(shape.Key.Member), new(options.Paging, options.PageSize, options.MaxPageSize, options.MaxConditions));
    }

    private MemberOrder OrderBy(EntityMember member) => new(member, Expression.Lambda(shape.Access(member), shape.Record));

    private MemberFilter? Filter(EntityMember member, FilterOperators possible)
    {
        var isNamed = options.Filters.TryGetValue(member.Property.Name, out var wanted);
        wanted = isNamed ? wanted : options.FiltersByDefault;
        if (wanted == FilterOperators.None || ListReader.IsReserved(member.Name))
        {
            return null;
        }

        if (wanted != FilterOperators.All && (wanted & ~possible) is var others and not FilterOperators.None)
        {
            throw Refusal.Of(
                typeof(TEntity),
                $"its options compare '{member.Property.Name}' by {string.Join(", ", FilterWord.Of(others))}, which its type or its database does not have",
                $"Take of {string.Join(", ", FilterWord.Of(possible))}, or FilterOperators.All for all that are possible.");
        }

        return (wanted & possible) == FilterOperators.None ? null : new(member, shape.Access(member), wanted & possible, lower);
    }

    private FilterOperators Possible(EntityMember member)
    {
        var type = member.Bare;
        var isOrdered = TypeWords.IsNumber(type) || OrderedTypes.Contains(type);
        if (!isOrdered && !type.IsEnum && type != typeof(bool) && type != typeof(Guid) && type != typeof(char))
        {
            return member.IsNullable ? FilterOperators.IsNull : FilterOperators.None;
        }

        var possible = type == typeof(string) ? FilterOperators.All : isOrdered ? Same | Ordered : Same;
        return isOrdered && !IsCompared(member) ? possible & ~Ordered : possible;
    }

    private bool IsCompared(EntityMember member)
    {
        MemberFilter tried = new(member, shape.Access(member), FilterOperators.All, lower);
        var sample = member.Bare == typeof(string) ? "" : RuntimeHelpers.GetUninitializedObject(member.Bare);
        return IsTranslated(query => query.Where(Expression.Lambda<Func<TEntity, bool>>(tried.Try(FilterOperators.Greater, sample), shape.Record)));
    }

    // Providers know not all types in all places: SQLite orders no decimals, for example.
    private bool IsTranslated(Func<IQueryable<TEntity>, IQueryable<TEntity>> change)
    {
        try
        {
            _ = change(context.Set<TEntity>()).ToQueryString();
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or NotSupportedException)
        {
            return false;
        }
    }

    // SQLite's own function leaves other letters as they are.
    private static string AsciiLower(string text) => string.Create(text.Length, text, static (made, from) =>
    {
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
        }
    });
}
