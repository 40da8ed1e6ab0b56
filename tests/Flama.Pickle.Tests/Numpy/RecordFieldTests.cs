using System.Buffers.Binary;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Tests.Numpy;

public sealed class RecordFieldTests
{
    private static readonly DType BigEndianDouble = new(DTypeKind.Float, 8) { IsBigEndian = true };

    [Fact]
    public void CopyField_Integers_FillsTheTarget()
    {
        var target = new int[2];

        Records(7, -1).CopyField("count", target.AsSpan());

        Assert.Equal([7, -1], target);
    }

    [Fact]
    public void CopyField_NumbersBeyondTheTarget_BecomeTheNearest()
    {
        var target = new int[2];

        Records(long.MaxValue, long.MinValue).CopyField("count", target.AsSpan());

        Assert.Equal([int.MaxValue, int.MinValue], target);
    }

    [Fact]
    public void CopyField_BigEndian_IsTurned()
    {
        var target = new double[2];

        Records(1, 2).CopyField("value", target.AsSpan());

        Assert.Equal([0.5, 1.0], target);
    }

    [Fact]
    public void CopyField_Booleans_AreOnesAndZeros()
    {
        var target = new byte[2];

        Records(0, 5).CopyField("flag", target.AsSpan());

        Assert.Equal([0, 1], target);
    }

    [Fact]
    public void CopyField_FloatsToIntegers_IsRefused() =>
        Assert.Throws<PickleException>(() => Records(1, 2).CopyField("value", new int[2].AsSpan()));

    [Fact]
    public void CopyField_NoSuchField_NamesThoseThereAre()
    {
        var error = Assert.Throws<PickleException>(() => Records(1, 2).CopyField("nope", new int[2].AsSpan()));

        Assert.Contains("count", error.Message, StringComparison.Ordinal);
    }

    // Records of a count, half of it as a big-endian float, and whether it is not 0, with a hole of three bytes.
    private static NdArray Records(params long[] counts)
    {
        var type = new DType(DTypeKind.Record, 20)
        {
            Fields = [new("count", DType.Int64, 0), new("value", BigEndianDouble, 8), new("flag", new DType(DTypeKind.Boolean, 1), 16)],
        };
        var data = new byte[20 * counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(20 * i), counts[i]);
            BinaryPrimitives.WriteDoubleBigEndian(data.AsSpan((20 * i) + 8), counts[i] / 2.0);
            data[(20 * i) + 16] = counts[i] == 0 ? (byte)0 : (byte)1;
        }

        return new NdArray(type, [counts.Length], data);
    }
}
