using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Flama.Pickle.Numpy;

/// <content>Numbers and booleans.</content>
public sealed partial class NdArray
{
    /// <summary>
    /// The elements as float64, in C order: booleans as 0 and 1, integers rounded to the nearest double, objects when they are numbers.
    /// </summary>
    public double[] ToDoubles()
    {
        if (Type.Kind == DTypeKind.Object)
        {
            return FromObjects<double>("numbers", static item => item switch
            {
                double number => number,
                long integer => integer,
                bool flag => flag ? 1.0 : 0.0,
                BigInteger integer => (double)integer,
                _ => null,
            });
        }

        RequireNumeric("float64");
        var result = GC.AllocateUninitializedArray<double>(Length);
        ReadNumbers(result);
        return ToRowMajor(result);
    }

    /// <summary>
    /// The elements as int64, in C order: booleans as 0 and 1, points in time and durations as their counts, floats when they are whole.
    /// </summary>
    public long[] ToInt64s()
    {
        if (Type.Kind == DTypeKind.Object)
        {
            return FromObjects<long>("integers", static item => item switch
            {
                long integer => integer,
                bool flag => flag ? 1 : 0,
                _ => null,
            });
        }

        if (Type.Kind == DTypeKind.Float)
        {
            return Array.ConvertAll(ToDoubles(), WholeNumber);
        }

        if (Type.Kind is not (DTypeKind.DateTime or DTypeKind.TimeDelta))
        {
            RequireNumeric("int64");
        }

        var result = GC.AllocateUninitializedArray<long>(Length);
        if (Type is { Kind: DTypeKind.Unsigned, ItemSize: 8 })
        {
            var wide = new ulong[Length];
            ReadNumbers(wide);
            for (var i = 0; i < wide.Length; i++)
            {
                result[i] = wide[i] <= long.MaxValue ? (long)wide[i] : throw DoesNotFit(wide[i], "int64");
            }
        }
        else
        {
            ReadNumbers(result);
        }

        return ToRowMajor(result);
    }

    /// <summary>The elements as int32, in C order; each must fit.</summary>
    public int[] ToInt32s()
    {
        if ((Type.Kind, Type.ItemSize) is (DTypeKind.Integer, <= 4) or (DTypeKind.Unsigned, <= 2) or (DTypeKind.Boolean, _))
        {
            var result = new int[Length];
            ReadNumbers(result);
            return ToRowMajor(result);
        }

        var wide = ToInt64s();
        var narrow = new int[wide.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            narrow[i] = wide[i] == (int)wide[i] ? (int)wide[i] : throw DoesNotFit(wide[i], "int32");
        }

        return narrow;
    }

    /// <summary>The elements as booleans, in C order: numbers are true when they are not 0.</summary>
    public bool[] ToBooleans()
    {
        if (Type.Kind == DTypeKind.Object)
        {
            return FromObjects<bool>("booleans", static item => item switch
            {
                bool flag => flag,
                long integer => integer != 0,
                _ => null,
            });
        }

        RequireNumeric("booleans");
        return Type.ItemSize == 1 ? ToRowMajor(FromBytes(Data.Span)) : Array.ConvertAll(ToDoubles(), static number => number != 0);
    }

    private static bool[] FromBytes(ReadOnlySpan<byte> bytes)
    {
        var result = new bool[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            result[i] = bytes[i] != 0;
        }

        return result;
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<byte> bytes, Span<TTo> result)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        var source = MemoryMarshal.Cast<byte, TFrom>(bytes);
        if (typeof(TFrom) == typeof(TTo))
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(result));
            return;
        }

        for (var i = 0; i < result.Length; i++)
        {
            result[i] = TTo.CreateTruncating(source[i]);
        }
    }

    /// <summary>
    /// Reads the elements in memory order. Where the target is too narrow the value is cut: callers choose targets that are not.
    /// </summary>
    private void ReadNumbers<T>(Span<T> result)
        where T : unmanaged, INumberBase<T>
    {
        var bytes = LittleEndianData();
        switch (Type.Kind, Type.ItemSize)
        {
            case (DTypeKind.Float, 8):
                Convert<double, T>(bytes, result);
                break;
            case (DTypeKind.Float, 4):
                Convert<float, T>(bytes, result);
                break;
            case (DTypeKind.Float, 2):
                Convert<Half, T>(bytes, result);
                break;
            case (DTypeKind.Integer or DTypeKind.DateTime or DTypeKind.TimeDelta, 8):
                Convert<long, T>(bytes, result);
                break;
            case (DTypeKind.Integer, 4):
                Convert<int, T>(bytes, result);
                break;
            case (DTypeKind.Integer, 2):
                Convert<short, T>(bytes, result);
                break;
            case (DTypeKind.Integer, 1):
                Convert<sbyte, T>(bytes, result);
                break;
            case (DTypeKind.Unsigned, 8):
                Convert<ulong, T>(bytes, result);
                break;
            case (DTypeKind.Unsigned, 4):
                Convert<uint, T>(bytes, result);
                break;
            case (DTypeKind.Unsigned, 2):
                Convert<ushort, T>(bytes, result);
                break;
            case (DTypeKind.Unsigned, 1):
                Convert<byte, T>(bytes, result);
                break;
            case (DTypeKind.Boolean, 1):
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = bytes[i] != 0 ? T.One : T.Zero;
                }

                break;
            default:
                throw WrongKind("numbers");
        }
    }

    private T[] FromObjects<T>(string wanted, Func<object?, T?> convert)
        where T : struct
    {
        var result = new T[Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = convert(Items[i]) ?? throw new PickleException(
                PickleErrorCode.Corrupt,
                $"An object array was expected to hold {wanted} and holds {ValueDescription.Of(Items[i])} at position {i}.");
        }

        return result;
    }

    private long WholeNumber(double number) => Math.Floor(number) == number && Math.Abs(number) < 9.2e18
        ? (long)number
        : throw DoesNotFit(number, "int64");

    private void RequireNumeric(string wanted)
    {
        if (!IsNumeric)
        {
            throw WrongKind(wanted);
        }
    }

    private PickleException WrongKind(string wanted) =>
        new(PickleErrorCode.Corrupt, $"An array of type {Type.Code} and shape {Describe(Shape)} cannot be read as {wanted}.");

    private PickleException DoesNotFit<T>(T value, string wanted)
        where T : IFormattable =>
        new(PickleErrorCode.Corrupt, string.Create(
            CultureInfo.InvariantCulture, $"An array of type {Type.Code} holds {value}, which is not a value of {wanted}."));
}
