using System.Numerics;
using Flama.Pickle.Machine;
using Flama.Pickle.Numpy;

namespace Flama.Pickle;

/// <summary>Names values and their kinds in messages, briefly and without walking into them.</summary>
internal static class ValueDescription
{
    private const int LongestName = 120;

    /// <summary>What a value is, as Python would call it.</summary>
    public static string Of(object? value) => value switch
    {
        null => "None",
        bool => "a bool",
        long or BigInteger => "an int",
        double => "a float",
        Complex => "a complex",
        string => "a str",
        byte[] or ByteSlice => "bytes",
        PickleTuple => "a tuple",
        List<object?> => "a list",
        PickleDict => "a dict",
        PickleSet => "a set",
        DType type => $"the dtype {type.Code}",
        NdArray array => $"an {array}",
        PickleSymbol symbol => Of(symbol.Global),
        PickleObject instance => $"an instance of {Of(instance.Class)}",
        _ => $"a {value.GetType().Name}",
    };

    /// <summary>A class or function's name, cut and without control characters, since a file chooses it freely.</summary>
    public static string Of(GlobalName name) => $"{Safe(name.Module)}.{Safe(name.Name)}";

    /// <summary>Text of a file, cut and without control characters.</summary>
    public static string Safe(string text)
    {
        var cut = text.Length > LongestName ? string.Concat(text.AsSpan(0, LongestName), "…") : text;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });
    }
}
