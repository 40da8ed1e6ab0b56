using System.Globalization;
using System.Numerics;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Tests;

/// <summary>Shows values much as Python's repr does, so that tables of tests can state them as text.</summary>
internal static class PickleValue
{
    public static string Show(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        BigInteger integer => $"big {integer.ToString(CultureInfo.InvariantCulture)}",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + (Math.Floor(number) == number && Math.Abs(number) < 1e15 ? ".0" : string.Empty),
        string text => $"'{text}'",
        byte[] bytes => $"b'{Convert.ToHexString(bytes)}'",
        List<object?> list => $"[{Join(list)}]",
        PickleTuple tuple => $"({Join(tuple.Items)})",
        PickleSet set => $"{{{Join(set.Items)}}}",
        PickleDict dict => $"{{{string.Join(", ", dict.Select(entry => $"{Show(entry.Key)}: {Show(entry.Value)}"))}}}",
        PickleSymbol symbol => $"<{symbol.Global}>",
        PickleObject instance => $"<{instance.Class} {Show(instance.Arguments)} {Show(instance.State)} {Show(instance.Entries)}>",
        NdArray array => array.ToString(),
        DType type => $"dtype {type.Code}",
        _ => value.ToString()!,
    };

    private static string Join(IEnumerable<object?> items) => string.Join(", ", items.Select(Show));
}
