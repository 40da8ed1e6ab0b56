using System.Linq.Expressions;
using System.Reflection;

namespace Flama.Data.Model;

/// <summary>Values in expressions that reach the database as parameters, never as text of SQL.</summary>
internal static class SqlParameter
{
    private static readonly MethodInfo Open = typeof(SqlParameter).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>What makes parameters of a type; made once, so that requests need no reflection.</summary>
    public static Func<object?, Expression> For(Type type) => Open.MakeGenericMethod(type).CreateDelegate<Func<object?, Expression>>();

    private static MemberExpression Of<T>(object? value) => Expression.Property(Expression.Constant(new Box<T>((T)value!)), Box<T>.Property);

    private sealed record Box<T>(T Value)
    {
        public static readonly PropertyInfo Property = typeof(Box<T>).GetProperty(nameof(Value))!;
    }
}
