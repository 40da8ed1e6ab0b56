using System.Linq.Expressions;
using System.Reflection;
using Flama.Data.Model;

namespace Flama.Data.Listing;

/// <summary>Lists of values in expressions that reach the database as parameters.</summary>
internal static class ListParameter
{
    private static readonly MethodInfo Open = typeof(ListParameter).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>What makes lists of a type; made once, so that requests need no reflection.</summary>
    public static Func<List<object>, Expression> For(Type type) => (Func<List<object>, Expression>)Open.MakeGenericMethod(type).Invoke(null, null)!;

    private static Func<List<object>, Expression> Make<T>()
    {
        var parameter = SqlParameter.For(typeof(IEnumerable<T>));
        return values => parameter((T[])[.. values.Select(value => (T)value)]);
    }
}
