using System.Numerics;
using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn;

/// <summary>Names of Python types for messages.</summary>
internal static class PythonType
{
    public static string NameOf(object? value) => value switch
    {
        null => "None",
        bool => "a bool",
        long or BigInteger => "an int",
        double => "a float",
        string => "a str",
        byte[] => "bytes",
        PickleTuple => "a tuple",
        PickleDict => "a dict",
        PickleSet => "a set",
        List<object?> => "a list",
        NdArray array => $"an array of {array.Type.Code} and shape {ShapeOf(array)}",
        PickleObject instance => $"an instance of {instance.Class}",
        PickleSymbol symbol => $"{symbol.Global}",
        _ => value.GetType().Name,
    };

    public static string ShapeOf(NdArray array) =>
        array.Shape.Count == 1 ? $"({array.Shape[0]},)" : $"({string.Join(", ", array.Shape)})";
}
