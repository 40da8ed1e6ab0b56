using System.Linq.Expressions;
using System.Reflection;
using Flama.Data.Model;

namespace Flama.Data.Listing;

/// <summary>Orders lists by one member. Made once; thread-safe.</summary>
/// <param name="member">The member.</param>
/// <param name="selector">The member of a record, as an expression.</param>
internal sealed class MemberOrder(EntityMember member, LambdaExpression selector)
{
    private readonly MethodInfo ascending = Of(nameof(Queryable.OrderBy), selector), descending = Of(nameof(Queryable.OrderByDescending), selector);
    private readonly MethodInfo thenAscending = Of(nameof(Queryable.ThenBy), selector), thenDescending = Of(nameof(Queryable.ThenByDescending), selector);

    public EntityMember Member { get; } = member;

    /// <summary>Orders a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="isFirst">Whether nothing orders it yet.</param>
    /// <param name="isDescending">Whether the last comes first.</param>
    public IQueryable<T> Apply<T>(IQueryable<T> query, bool isFirst, bool isDescending)
    {
        var method = isFirst ? (isDescending ? descending : ascending) : (isDescending ? thenDescending : thenAscending);
        return query.Provider.CreateQuery<T>(Expression.Call(method, query.Expression, Expression.Quote(selector)));
    }

    private static MethodInfo Of(string name, LambdaExpression selector) => typeof(Queryable).GetMethods()
        .Single(method => method.Name == name && method.GetParameters().Length == 2)
        .MakeGenericMethod(selector.Parameters[0].Type, selector.ReturnType);
}
