using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Flama.Data.Model;

namespace Flama.Data.Listing;

/// <summary>Conditions on one member in the query of a list. Thread-safe.</summary>
internal sealed class MemberFilter
{
    private readonly Expression access;
    private readonly Func<object?, Expression> parameter;
    private readonly Func<List<object>, Expression> listParameter;
    private readonly MethodInfo isIn;
    private readonly Func<string, string> lower;

    /// <summary>Makes the filter.</summary>
    /// <param name="member">The member.</param>
    /// <param name="access">What an expression calls its value.</param>
    /// <param name="operators">What it may be compared by.</param>
    /// <param name="lower">Makes small letters as the database does.</param>
    public MemberFilter(EntityMember member, Expression access, FilterOperators operators, Func<string, string> lower)
    {
        Member = member;
        Operators = operators;
        this.access = access;
        this.lower = lower;
        parameter = SqlParameter.For(access.Type);
        listParameter = ListParameter.For(access.Type);
        isIn = FilterExpressions.InOf(access.Type);
    }

    public EntityMember Member { get; }

    public FilterOperators Operators { get; }

    /// <summary>The conditions of the values of a parameter, all of which must hold; those of <c>in</c> are one.</summary>
    /// <exception cref="FlamaException">A value is none of the member's, or the operator is not available (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public IEnumerable<Expression> Read(IEnumerable<string> values)
    {
        List<object> among = [], notAmong = [];
        foreach (var text in values)
        {
            var isNegated = text.StartsWith(FilterWord.Not, StringComparison.Ordinal);
            var (comparison, value) = Split(isNegated ? text[FilterWord.Not.Length..] : text);
            if (comparison == FilterOperators.In)
            {
                (isNegated ? notAmong : among).Add(Value(value!));
                continue;
            }

            yield return comparison == FilterOperators.IsNull ? IsNull(isNegated) : Condition(comparison, value!, isNegated);
        }

        if (among.Count > 0)
        {
            yield return Expression.Call(isIn, listParameter(among), access);
        }

        if (notAmong.Count > 0)
        {
            yield return Known(Expression.Not(Expression.Call(isIn, listParameter(notAmong), access)));
        }
    }

    /// <summary>The conditions of an operator with any value, to try whether the database knows it.</summary>
    public Expression Try(FilterOperators comparison, object value) => FilterExpressions.Of(comparison, access, parameter(value));

    // A prefix that is no operator belongs to the value, such as in https://example.com.
    private (FilterOperators Comparison, string? Value) Split(string text)
    {
        var separator = text.IndexOf(FilterWord.Separator, StringComparison.Ordinal);
        var word = separator < 0 ? text : text[..separator];
        if (FilterWord.Find(word) is not { } comparison)
        {
            return (Allowed(FilterOperators.Equal, "eq"), text);
        }

        Allowed(comparison, word);
        return (comparison == FilterOperators.IsNull, separator < 0) switch
        {
            (true, false) => throw Refuse("operator", $"The operator '{word}' of '{Member.Name}' takes no value: {Member.Name}={word}, or {Member.Name}=not:{word}."),
            (false, true) => throw Refuse("operator", $"The operator '{word}' of '{Member.Name}' needs a value: {Member.Name}={word}:…. For the text itself, {Member.Name}=eq:{word}."),
            _ => (comparison, separator < 0 ? null : text[(separator + 1)..]),
        };
    }

    private FilterOperators Allowed(FilterOperators comparison, string word) => Operators.HasFlag(comparison) ? comparison : throw Refuse(
        "operator", $"'{Member.Name}' cannot be compared by '{word}'. It can by {string.Join(", ", FilterWord.Of(Operators).Select(one => $"'{one}'"))}.");

    private Expression Condition(FilterOperators comparison, string text, bool isNegated)
    {
        var value = FilterExpressions.IgnoresCase(comparison) ? lower(text) : Value(text);
        var condition = FilterExpressions.Of(comparison, access, parameter(value));
        return isNegated ? Known(Expression.Not(condition)) : comparison == FilterOperators.NotEqual ? Known(condition) : condition;
    }

    // As in SQL, what is not known is neither.
    private Expression Known(Expression condition) => Member.IsNullable ? Expression.AndAlso(IsNull(isNegated: true), condition) : condition;

    private Expression IsNull(bool isNegated) => !Member.IsNullable ? Expression.Constant(isNegated)
        : isNegated ? Expression.NotEqual(access, Expression.Constant(null, access.Type)) : Expression.Equal(access, Expression.Constant(null, access.Type));

    private object Value(string text)
    {
        var value = Member.Bare.IsEnum ? EnumOf(text) : null;
        return (value ?? FilterText.Read(Member, text)) is { } read && Member.Accept(ref read) is null ? read : throw new FlamaException([Member.WrongType()], 1);
    }

    private object? EnumOf(string text) =>
        Member.EnumValues?.GetValueOrDefault(text)
        ?? (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Enum.ToObject(Member.Bare, number) : null);

    private FlamaException Refuse(string type, string message) => new([Member.Wrong(type, message)], 1);
}
