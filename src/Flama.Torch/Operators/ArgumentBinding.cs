using Flama.Torch.Lowering;

namespace Flama.Torch.Operators;

/// <summary>Fits the arguments of a call to the declaration of an overload.</summary>
internal static class ArgumentBinding
{
    /// <summary>The arguments by name, defaults filled in; null where they do not fit.</summary>
    public static Dictionary<string, object?>? Bind(Schema schema, IReadOnlyList<object?> positional, IReadOnlyList<KeyValuePair<string, object?>> keywords)
    {
        Dictionary<string, object?> bound = new(StringComparer.Ordinal);
        var given = 0;
        foreach (var argument in schema.Arguments)
        {
            if (given < positional.Count && !argument.IsKeyword)
            {
                if (!Fits(positional[given], argument.Type))
                {
                    return null;
                }

                bound[argument.Name] = positional[given++];
            }
        }

        if (given < positional.Count)
        {
            return null;
        }

        foreach (var (name, value) in keywords)
        {
            if (schema.Arguments.FirstOrDefault(argument => argument.Name == name) is not { } argument || !Fits(value, argument.Type) || !bound.TryAdd(name, value))
            {
                return null;
            }
        }

        foreach (var argument in schema.Arguments)
        {
            if (!bound.ContainsKey(argument.Name))
            {
                if (!argument.HasDefault)
                {
                    return null;
                }

                bound[argument.Name] = argument.Default;
            }
        }

        return bound;
    }

    private static bool Fits(object? value, string type)
    {
        if (type[^1] == '?')
        {
            return value is null || Fits(value, type[..^1]);
        }

        return type switch
        {
            "any" => true,
            "Tensor" => value is Tensor,
            "int" => value is long or bool || value is Sym { Kind: var kind } && kind != typeof(double) || value is Tensor { Rank: 0 },
            "float" or "Scalar" => value is long or double or bool or Sym or Tensor { Rank: 0 },
            "bool" => value is bool or Sym,
            "str" => value is string,
            "int[]" => value is long or Sym || Items(value) is { } items && items.All(static item => Fits(item, "int")),
            "int[1]" => Items(value) is { } items && items.All(static item => Fits(item, "int")),
            "float[]" => Items(value) is { } items && items.All(static item => Fits(item, "float")),
            "Tensor[]" => Items(value) is { } items && items.All(static item => item is Tensor),
            "Tensor?[]" => Items(value) is { } items && items.All(static item => item is null or Tensor),
            _ => throw new InvalidOperationException($"'{type}' is not a type of a declaration."),
        };
    }

    private static IReadOnlyList<object?>? Items(object? value) => value switch
    {
        PythonList list => list.Items,
        PythonTuple tuple => tuple.Items,
        object?[] array => array,
        _ => null,
    };
}
