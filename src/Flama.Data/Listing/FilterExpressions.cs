using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Flama.Data.Listing;

/// <summary>Comparisons as expressions, which the database's provider turns into SQL.</summary>
internal static class FilterExpressions
{
    private static readonly MethodInfo Contains = Text(nameof(string.Contains)), StartsWith = Text(nameof(string.StartsWith)), EndsWith = Text(nameof(string.EndsWith));
    private static readonly MethodInfo ToLower = typeof(string).GetMethod(nameof(string.ToLower), Type.EmptyTypes)!;
    private static readonly MethodInfo Compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;
    private static readonly Expression Functions = Expression.Constant(EF.Functions);
    private static readonly MethodInfo Like = typeof(DbFunctionsExtensions).GetMethod(nameof(DbFunctionsExtensions.Like), [typeof(DbFunctions), typeof(string), typeof(string)])!;
    private static readonly MethodInfo In = typeof(Enumerable).GetMethods()
        .Single(method => method.Name == nameof(Enumerable.Contains) && method.GetParameters().Length == 2);

    /// <summary>The method that finds values of a type in a list.</summary>
    public static MethodInfo InOf(Type type) => In.MakeGenericMethod(type);

    /// <summary>A comparison with one value.</summary>
    public static Expression Of(FilterOperators comparison, Expression member, Expression value) => comparison switch
    {
        FilterOperators.Equal => Expression.Equal(member, value),
        FilterOperators.NotEqual => Expression.NotEqual(member, value),
        FilterOperators.Greater => Order(ExpressionType.GreaterThan, member, value),
        FilterOperators.GreaterOrEqual => Order(ExpressionType.GreaterThanOrEqual, member, value),
        FilterOperators.Less => Order(ExpressionType.LessThan, member, value),
        FilterOperators.LessOrEqual => Order(ExpressionType.LessThanOrEqual, member, value),
        FilterOperators.Contains => Expression.Call(member, Contains, value),
        FilterOperators.StartsWith => Expression.Call(member, StartsWith, value),
        FilterOperators.EndsWith => Expression.Call(member, EndsWith, value),
        FilterOperators.ContainsIgnoringCase => Expression.Call(Expression.Call(member, ToLower), Contains, value),
        FilterOperators.StartsWithIgnoringCase => Expression.Call(Expression.Call(member, ToLower), StartsWith, value),
        FilterOperators.EndsWithIgnoringCase => Expression.Call(Expression.Call(member, ToLower), EndsWith, value),
        FilterOperators.Like => Expression.Call(Like, Functions, member, value),
        FilterOperators.LikeIgnoringCase => Expression.Call(Like, Functions, Expression.Call(member, ToLower), value),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "It is no comparison with a value."),
    };

    /// <summary>Whether a comparison looks at texts in small letters.</summary>
    public static bool IgnoresCase(FilterOperators comparison) => comparison is FilterOperators.ContainsIgnoringCase
        or FilterOperators.StartsWithIgnoringCase or FilterOperators.EndsWithIgnoringCase or FilterOperators.LikeIgnoringCase;

    // Texts have no operators of their own.
    private static BinaryExpression Order(ExpressionType comparison, Expression member, Expression value) => member.Type == typeof(string)
        ? Expression.MakeBinary(comparison, Expression.Call(Compare, member, value), Expression.Constant(0))
        : Expression.MakeBinary(comparison, member, value);

    private static MethodInfo Text(string name) => typeof(string).GetMethod(name, [typeof(string)])!;
}
