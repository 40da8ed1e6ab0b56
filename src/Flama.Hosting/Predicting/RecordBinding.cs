using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Flama.Hosting.Predicting;

/// <summary>How the properties of a record become the features of a method: found once, compiled, then used for every row. Thread-safe.</summary>
internal sealed class RecordBinding<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow>
{
    // A binding lives as long as the specification, that is the model.
    private static readonly ConditionalWeakTable<TableSpec, RecordBinding<TRow>> Bindings = [];

    private readonly Action<TRow, RowCells> write;

    private RecordBinding(TableSpec spec)
    {
        write = Compile(Match(spec));
    }

    /// <summary>The binding of a specification, checked when it is made.</summary>
    /// <exception cref="FlamaException">A feature has no property, or a property is of a type that no cell can hold.</exception>
    public static RecordBinding<TRow> For(TableSpec spec) => Bindings.GetValue(spec, static made => new(made));

    /// <summary>Writes one record.</summary>
    public void Write(TRow row, RowCells cells) => write(row, cells);

    private static List<(PropertyInfo Property, int Column)> Match(TableSpec spec)
    {
        FeatureNames names = new(spec);
        List<(PropertyInfo, int)> matched = [];
        var given = new bool[spec.Features.Count];
        foreach (var property in typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanRead || property.GetIndexParameters().Length > 0)
            {
                continue;
            }

            var declared = property.GetCustomAttribute<FeatureAttribute>();
            var position = declared?.Position ?? names.Find(declared?.Name ?? property.Name);
            if (position < 0 || position >= given.Length)
            {
                if (declared is not null)
                {
                    throw RowProblems.Unknown([declared.Name ?? $"feature {declared.Position}"], $"{typeof(TRow).Name}.{property.Name}", spec);
                }

                continue;
            }

            given[position] = true;
            matched.Add((property, position));
        }

        string[] missing = [.. spec.Features.Select((feature, i) => (feature, i)).Where(pair => !given[pair.i] && pair.feature.IsUsed)
            .Select(pair => pair.feature.Name ?? $"feature {pair.i}")];
        return missing.Length == 0
            ? matched
            : throw RowProblems.Missing(missing, typeof(TRow).Name, spec.HasNames ? null : "The model was trained without names: mark properties with [Feature(position)].");
    }

    private static Action<TRow, RowCells> Compile(List<(PropertyInfo Property, int Column)> matched)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        var cells = Expression.Parameter(typeof(RowCells), "cells");
        List<Expression> body = [.. matched.Select(match => Setter(Expression.Property(row, match.Property), match.Property, match.Column, cells))];
        return Expression.Lambda<Action<TRow, RowCells>>(Expression.Block([.. body, Expression.Empty()]), row, cells).Compile();
    }

    // Numbers go in without a box; what is rare goes through one.
    private static MethodCallExpression Setter(MemberExpression value, PropertyInfo property, int column, ParameterExpression cells)
    {
        var at = Expression.Constant(column);
        if (property.PropertyType == typeof(string))
        {
            return Expression.Call(cells, SetText, at, value);
        }

        return IsNumber(property.PropertyType)
            ? Expression.Call(cells, SetNumber, at, Expression.Convert(value, typeof(double)))
            : Expression.Call(cells, SetAny, at, Expression.Convert(value, typeof(object)));
    }

    private static bool IsNumber(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Double && !type.IsEnum;

    private static readonly MethodInfo SetText = ((Action<int, string?>)new RowCells(null!, TableSpec.Unknown).SetText).Method;
    private static readonly MethodInfo SetNumber = ((Action<int, double>)new RowCells(null!, TableSpec.Unknown).SetNumber).Method;
    private static readonly MethodInfo SetAny = ((Action<int, object?>)new RowCells(null!, TableSpec.Unknown).Set).Method;
}
