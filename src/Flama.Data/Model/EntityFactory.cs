using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Flama.Data.Model;

/// <summary>Makes new objects of an entity's class, by a constructor without parameters or one whose parameters are properties. Thread-safe.</summary>
internal sealed class EntityFactory
{
    private readonly Func<object?[], object> make;
    private readonly object?[] defaults;
    private readonly ParameterInfo[] parameters;

    private EntityFactory(ConstructorInfo constructor, string[] properties)
    {
        Properties = properties;
        parameters = constructor.GetParameters();
        var types = parameters.Select(parameter => parameter.ParameterType).ToArray();
        defaults = [.. parameters.Select(StartOf)];
        var arguments = Expression.Parameter(typeof(object?[]));
        make = Expression.Lambda<Func<object?[], object>>(
            Expression.New(constructor, types.Select((type, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), type))), arguments).Compile();
    }

    /// <summary>The names of the properties that the constructor takes, in its order.</summary>
    public IReadOnlyList<string> Properties { get; }

    /// <summary>The annotations of the parameter that becomes a property: those of records stand there.</summary>
    public IEnumerable<ValidationAttribute> RulesOf(string property) =>
        Properties.Index().Where(one => one.Item == property).SelectMany(one => parameters[one.Index].GetCustomAttributes<ValidationAttribute>());

    /// <summary>What the constructor says that a property is where it is not given; null for nothing.</summary>
    public object? DefaultOf(string property) => Properties.Index().Where(one => one.Item == property).Select(one => SaidOf(parameters[one.Index])).FirstOrDefault();

    /// <summary>Finds how objects are made.</summary>
    /// <returns>The factory; null where no constructor will do.</returns>
    public static EntityFactory? Find(Type type)
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        if (type.IsAbstract)
        {
            return null;
        }

        var constructors = type.GetConstructors(any).OrderBy(constructor => constructor.GetParameters().Length).ToList();
        foreach (var constructor in constructors)
        {
            // A record's copy constructor takes the record itself, which is no property.
            var properties = constructor.GetParameters()
                .Select(parameter => type.GetProperties(any).FirstOrDefault(property =>
                    property.PropertyType == parameter.ParameterType && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))?.Name)
                .ToArray();
            if (Array.TrueForAll(properties, name => name is not null))
            {
                return new(constructor, properties!);
            }
        }

        return null;
    }

    /// <summary>Makes an object.</summary>
    /// <param name="valueOf">The value of a property, and whether there is one.</param>
    public object Make(Func<string, (bool Has, object? Value)> valueOf)
    {
        var arguments = new object?[Properties.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var (has, value) = valueOf(Properties[i]);
            arguments[i] = has ? value : defaults[i];
        }

        return make(arguments);
    }

    private static object? StartOf(ParameterInfo parameter) =>
        // An uninitialized nullable boxes a value; null is what is meant.
        SaidOf(parameter) ?? (parameter.ParameterType is { IsValueType: true } type && Nullable.GetUnderlyingType(type) is null ? RuntimeHelpers.GetUninitializedObject(type) : null);

    private static object? SaidOf(ParameterInfo parameter)
    {
        if (parameter is not { HasDefaultValue: true, DefaultValue: { } said })
        {
            return null;
        }

        // That of a nullable enumeration is given as its number.
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type.IsEnum ? Enum.ToObject(type, said) : said;
    }
}
