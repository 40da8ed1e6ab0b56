using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Tests.Numpy;

public sealed class NdArrayConversionTests
{
    public static TheoryData<DTypeKind, int, bool> NumberTypes => new()
    {
        { DTypeKind.Float, 8, false }, { DTypeKind.Float, 8, true }, { DTypeKind.Float, 4, false }, { DTypeKind.Float, 4, true },
        { DTypeKind.Float, 2, false }, { DTypeKind.Float, 2, true },
        { DTypeKind.Integer, 8, false }, { DTypeKind.Integer, 8, true }, { DTypeKind.Integer, 4, false }, { DTypeKind.Integer, 4, true },
        { DTypeKind.Integer, 2, false }, { DTypeKind.Integer, 2, true }, { DTypeKind.Integer, 1, false },
        { DTypeKind.Unsigned, 8, false }, { DTypeKind.Unsigned, 8, true }, { DTypeKind.Unsigned, 4, false }, { DTypeKind.Unsigned, 4, true },
        { DTypeKind.Unsigned, 2, false }, { DTypeKind.Unsigned, 2, true }, { DTypeKind.Unsigned, 1, false },
    };

    [Theory]
    [MemberData(nameof(NumberTypes))]
    public void Conversions_OfNumbers_GiveTheNumbers(DTypeKind kind, int size, bool isBigEndian)
    {
        long[] numbers = kind == DTypeKind.Unsigned ? [0, 1, 100, 255, 7, 8] : [0, 1, -1, 100, -128, 127];
        var array = Make(kind, size, isBigEndian, [6], false, numbers);

        Assert.True(array.IsNumeric);
        Assert.Equal(numbers.Select(number => (double)number), array.ToDoubles());
        Assert.Equal(numbers, array.ToInt64s());
        Assert.Equal(numbers.Select(number => (int)number), array.ToInt32s());
        Assert.Equal(numbers.Select(number => number != 0), array.ToBooleans());
        Assert.Equal(numbers.Select(number => kind == DTypeKind.Float ? (object)(double)number : number), array.ToObjects());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Conversions_OfTwoDimensions_GiveRowMajorOrder(bool isFortran)
    {
        const int Rows = 37;
        const int Columns = 70;
        var rowMajor = Enumerable.Range(0, Rows * Columns).Select(value => (long)value).ToArray();
        var inMemory = isFortran
            ? Enumerable.Range(0, Rows * Columns).Select(i => rowMajor[((i % Rows) * Columns) + (i / Rows)]).ToArray()
            : rowMajor;
        var array = Make(DTypeKind.Integer, 4, false, [Rows, Columns], isFortran, inMemory);

        Assert.Equal(rowMajor, array.ToInt64s());
        Assert.Equal(rowMajor.Select(number => (double)number), array.ToDoubles());
        Assert.Equal(rowMajor.Select(number => number != 0), array.ToBooleans());
    }

    [Fact]
    public void ToInt64s_OfThreeColumnMajorDimensions_GivesRowMajorOrder()
    {
        // numpy: np.asfortranarray(np.arange(24).reshape(2, 3, 4)).ravel(order='K')
        long[] inMemory = [0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23];
        var array = Make(DTypeKind.Integer, 8, false, [2, 3, 4], true, inMemory);

        Assert.Equal(Enumerable.Range(0, 24).Select(value => (long)value), array.ToInt64s());
    }

    [Fact]
    public void ToDoubles_OfScalarAndEmptyShapes_GivesOneAndNone()
    {
        var scalar = Make(DTypeKind.Float, 8, false, [], false, [3]);
        var empty = Make(DTypeKind.Float, 8, false, [0, 5], true, []);

        Assert.Equal([3.0], scalar.ToDoubles());
        Assert.Empty(empty.ToDoubles());
    }

    [Fact]
    public void ToInt64s_OfWholeFloats_GivesThem()
    {
        var array = Make(DTypeKind.Float, 4, false, [2], false, [3, -4]);

        Assert.Equal([3, -4], array.ToInt64s());
    }

    [Fact]
    public void Conversions_ThatDoNotFit_ThrowWithTheValue()
    {
        var halves = new NdArray(DType.Float64, [1], BitConverter.GetBytes(1.5));
        var infinity = new NdArray(DType.Float64, [1], BitConverter.GetBytes(double.PositiveInfinity));
        var large = new NdArray(DType.Int64, [1], BitConverter.GetBytes(1L << 40));
        var unsigned = new NdArray(new DType(DTypeKind.Unsigned, 8), [1], BitConverter.GetBytes(ulong.MaxValue));
        var text = new NdArray(new DType(DTypeKind.Text, 4), [1], new byte[4]);

        Assert.Contains("1.5", Assert.Throws<PickleException>(halves.ToInt64s).Message, StringComparison.Ordinal);
        Assert.Throws<PickleException>(infinity.ToInt64s);
        Assert.Contains("1099511627776", Assert.Throws<PickleException>(large.ToInt32s).Message, StringComparison.Ordinal);
        Assert.Contains("18446744073709551615", Assert.Throws<PickleException>(unsigned.ToInt64s).Message, StringComparison.Ordinal);
        Assert.Contains("U1", Assert.Throws<PickleException>(text.ToDoubles).Message, StringComparison.Ordinal);
        Assert.Throws<PickleException>(text.ToInt64s);
        Assert.Throws<PickleException>(text.ToBooleans);
        Assert.Throws<PickleException>(large.ToStrings);
        Assert.Equal(new BigInteger(ulong.MaxValue), unsigned.ToObjects()[0]);
        Assert.False(text.IsNumeric);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ToStrings_OfText_StripsPaddingOnly(bool isBigEndian)
    {
        string[] strings = ["abc", "", "a\0b", "é\U0001F600", "\uD800"];
        var data = new byte[strings.Length * 12];
        for (var i = 0; i < strings.Length; i++)
        {
            var position = i * 12;
            for (var at = 0; at < strings[i].Length; at += char.IsSurrogatePair(strings[i], at) ? 2 : 1)
            {
                var codePoint = char.IsSurrogatePair(strings[i], at) ? char.ConvertToUtf32(strings[i], at) : strings[i][at];
                Write(data.AsSpan(position, 4), codePoint, isBigEndian);
                position += 4;
            }
        }

        var array = new NdArray(new DType(DTypeKind.Text, 12) { IsBigEndian = isBigEndian }, [5], data);

        Assert.Equal(strings, array.ToStrings());
        Assert.Equal(strings, array.ToObjects());
    }

    [Fact]
    public void ToStrings_OfNumbersBeyondUnicode_Throws()
    {
        var array = new NdArray(new DType(DTypeKind.Text, 4), [1], BitConverter.GetBytes(0x110000));

        Assert.Throws<PickleException>(array.ToStrings);
    }

    [Fact]
    public void ToStrings_OfBytesAndObjects_GivesText()
    {
        var bytes = new NdArray(new DType(DTypeKind.Bytes, 2), [2], Encoding.Latin1.GetBytes("a\0bé"));
        var objects = new NdArray([2], ["x", "y"]);
        var mixed = new NdArray([2], ["x", 1L]);

        Assert.Equal(["a", "bé"], bytes.ToStrings());
        Assert.Equal(["x", "y"], objects.ToStrings());
        Assert.Contains("position 1", Assert.Throws<PickleException>(mixed.ToStrings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conversions_OfObjects_TakeNumbersOnly()
    {
        var numbers = new NdArray([4], [1L, 2.5, true, BigInteger.One]);
        var integers = new NdArray([2], [1L, false]);

        Assert.Equal([1.0, 2.5, 1.0, 1.0], numbers.ToDoubles());
        Assert.Equal([1L, 0L], integers.ToInt64s());
        Assert.Equal([true, false], integers.ToBooleans());
        Assert.Contains("a float", Assert.Throws<PickleException>(numbers.ToInt64s).Message, StringComparison.Ordinal);
        Assert.Throws<PickleException>(new NdArray([1], [(object?)"1"]).ToDoubles);
    }

    [Fact]
    public void ToObjects_OfOtherKinds_GivesPlainValues()
    {
        var complex = new NdArray(new DType(DTypeKind.Complex, 16), [1], BitConverter.GetBytes(1.0).Concat(BitConverter.GetBytes(2.0)).ToArray());
        var instant = new NdArray(new DType(DTypeKind.DateTime, 8), [1], BitConverter.GetBytes(5L));
        var flag = new NdArray(new DType(DTypeKind.Boolean, 1), [2], new byte[] { 0, 2 });
        var raw = new NdArray(new DType(DTypeKind.Record, 2), [1], new byte[] { 1, 2 });

        Assert.Equal(new Complex(1, 2), complex.ToObjects()[0]);
        Assert.Equal(5L, instant.ToObjects()[0]);
        Assert.Equal([5L], instant.ToInt64s());
        Assert.Equal([false, true], flag.ToObjects());
        Assert.Equal([0.0, 1.0], flag.ToDoubles());
        Assert.Equal([0, 1], flag.ToInt32s());
        Assert.Equal(new byte[] { 1, 2 }, raw.ToObjects()[0]);
        Assert.Throws<PickleException>(complex.ToDoubles);
    }

    [Theory]
    [InlineData(new[] { 2 }, 8)]
    [InlineData(new[] { -1 }, 0)]
    [InlineData(new[] { 65536, 65536 }, 0)]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, 0)]
    public void Constructor_ShapeThatDoesNotFitTheData_Throws(int[] shape, int bytes)
    {
        var exception = Assert.Throws<PickleException>(() => new NdArray(DType.Float64, shape, new byte[bytes]));

        Assert.Equal(PickleErrorCode.Corrupt, exception.Code);
    }

    private static NdArray Make(DTypeKind kind, int size, bool isBigEndian, int[] shape, bool isFortran, long[] numbers)
    {
        var data = new byte[numbers.Length * size];
        Span<byte> little = stackalloc byte[8];
        for (var i = 0; i < numbers.Length; i++)
        {
            var item = data.AsSpan(i * size, size);
            switch (kind, size)
            {
                case (DTypeKind.Float, 8):
                    BinaryPrimitives.WriteDoubleLittleEndian(little, numbers[i]);
                    break;
                case (DTypeKind.Float, 4):
                    BinaryPrimitives.WriteSingleLittleEndian(little, numbers[i]);
                    break;
                case (DTypeKind.Float, 2):
                    BinaryPrimitives.WriteHalfLittleEndian(little, Half.Parse(numbers[i].ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                    break;
                default:
                    BinaryPrimitives.WriteInt64LittleEndian(little, numbers[i]);
                    break;
            }

            little[..size].CopyTo(item);
            if (isBigEndian)
            {
                item.Reverse();
            }
        }

        return new NdArray(new DType(kind, size) { IsBigEndian = isBigEndian }, shape, data, isFortran);
    }

    private static void Write(Span<byte> target, int value, bool isBigEndian)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(target, value);
        }
    }
}
