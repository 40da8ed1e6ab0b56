using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Flama.Data.Listing;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Model;

/// <summary>The key of a record: in a path, and in a condition. Thread-safe.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
internal sealed class EntityKey<TEntity>
{
    private static readonly Dictionary<Type, Func<string, object?>> Readers = new()
    {
        [typeof(int)] = Whole<int>,
        [typeof(long)] = Whole<long>,
        [typeof(short)] = Whole<short>,
        [typeof(byte)] = Whole<byte>,
        [typeof(uint)] = Whole<uint>,
        [typeof(ulong)] = Whole<ulong>,
        [typeof(ushort)] = Whole<ushort>,
        [typeof(Guid)] = static text => Guid.TryParse(text, out var id) ? id : null,
        [typeof(string)] = static text => text,
    };

    private readonly Func<string, object?> read;
    private readonly Func<object?, Expression> parameter;
    private readonly Func<List<object>, Expression> listParameter;
    private readonly MethodInfo isIn;
    private readonly ParameterExpression record;
    private readonly MemberExpression access;

    public EntityKey(EntityMember member, ParameterExpression record, MemberExpression access)
    {
        Member = member;
        this.record = record;
        this.access = access;
        read = Readers[member.Property.ClrType];
        parameter = SqlParameter.For(member.Property.ClrType);
        listParameter = ListParameter.For(member.Property.ClrType);
        isIn = FilterExpressions.InOf(member.Property.ClrType);
    }

    /// <summary>The types of keys that there are, for messages.</summary>
    public static string Types => "int, long, short, byte (unsigned ones too), Guid or string";

    public EntityMember Member { get; }

    public IProperty Property => Member.Property;

    /// <summary>Whether keys of a type can stand in a path.</summary>
    public static bool CanBe(Type type) => Readers.ContainsKey(type);

    /// <summary>Reads a key from a segment of a path.</summary>
    /// <exception cref="FlamaException">It is not one (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public object Parse(string segment)
    {
        // The server leaves a slash in a segment as it was sent.
        var text = Property.ClrType == typeof(string) ? segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) : segment;
        return read(text) ?? throw new FlamaException([Member.WrongType()], 1);
    }

    /// <summary>A key as a segment of a path.</summary>
    public static string Format(object key) => Uri.EscapeDataString(Convert.ToString(key, CultureInfo.InvariantCulture)!);

    /// <summary>The condition that a record has the key.</summary>
    public Expression<Func<TEntity, bool>> Is(object key) => Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(access, parameter(key)), record);

    /// <summary>The condition that a record has one of several keys.</summary>
    public Expression<Func<TEntity, bool>> IsAmong(List<object> keys) => Expression.Lambda<Func<TEntity, bool>>(Expression.Call(isIn, listParameter(keys), access), record);

    private static object? Whole<T>(string text)
        where T : struct, System.Numerics.IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
