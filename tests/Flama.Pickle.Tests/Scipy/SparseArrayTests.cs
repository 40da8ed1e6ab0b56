using System.Runtime.InteropServices;
using Flama.Pickle.Numpy;
using Flama.Pickle.Scipy;

namespace Flama.Pickle.Tests.Scipy;

public sealed class SparseArrayTests
{
    // 0 1 0
    // 2 0 3
    private static readonly double[] Dense = [0, 1, 0, 2, 0, 3];

    [Fact]
    public void TryRead_EveryFormat_GivesTheSameMatrix()
    {
        PickleObject[] matrices =
        [
            Make("csr", 2, 3, ("data", Doubles(1, 3, 2)), ("indices", Integers(1, 2, 0)), ("indptr", Integers(0, 1, 3))),
            Make("csc", 2, 3, ("data", Doubles(2, 1, 3)), ("indices", Integers(1, 0, 1)), ("indptr", Integers(0, 1, 2, 3))),
            Make("coo", 2, 3, ("data", Doubles(3, 2, 1)), ("row", Integers(1, 1, 0)), ("col", Integers(2, 0, 1))),
            Make("coo", 2, 3, ("data", Doubles(3, 2, 1)), ("coords", new PickleTuple([Integers(1, 1, 0), Integers(2, 0, 1)]))),
            Make("dia", 2, 3, ("data", new NdArray(DType.Float64, [2, 3], Bytes(0, 1, 3, 2, 9, 9))), ("offsets", Integers(1, -1))),
        ];

        Assert.All(matrices, matrix =>
        {
            Assert.True(SparseArray.TryRead(matrix, out var sparse));
            Assert.Equal((2, 3), (sparse.Rows, sparse.Columns));
            Assert.Equal(Dense, sparse.ToDense());
        });
    }

    [Fact]
    public void TryRead_RepeatedEntries_AddUp()
    {
        Assert.True(SparseArray.TryRead(Make("coo", 1, 1, ("data", Doubles(1, 2)), ("row", Integers(0, 0)), ("col", Integers(0, 0))), out var sparse));

        Assert.Equal([3.0], sparse.ToDense());
    }

    [Fact]
    public void TryRead_OtherClass_GivesFalse()
    {
        Assert.False(SparseArray.TryRead(Make("lil", 1, 1), out _));
        Assert.False(SparseArray.TryRead(new PickleObject(new GlobalName("sklearn.svm", "csr_matrix"), new PickleTuple([])), out _));
    }

    public static TheoryData<string, int, int, int[], int[]> Broken => new()
    {
        { "csr", 2, 3, [1, 3, 0], [0, 1, 3] },
        { "csr", 2, 3, [1, -1, 0], [0, 1, 3] },
        { "csr", 2, 3, [1, 2, 0], [0, 1, 4] },
        { "csr", 2, 3, [1, 2, 0], [0, 3] },
        { "csr", 2, 3, [1, 2, 0], [1, 1, 3] },
        { "csr", 3, 3, [1, 2, 0], [0, 3, 1, 3] },
        { "csr", 2, 3, [1, 2, 0], [] },
        { "csc", 2, 3, [2, 0, 1], [0, 1, 2, 3] },
        { "csc", int.MaxValue - 1, 1, [0, 0, 0], [0, 3] },
        { "coo", 2, 3, [5, 0, 0], [0, 0, 0] },
        { "coo", 2, 3, [0, 0], [0, 0, 0] },
        { "coo", int.MaxValue - 1, 3, [0, 0, 0], [0, 0, 0] },
        { "csr", -1, 3, [1, 2, 0], [0] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void TryRead_PartsThatDisagree_Throws(string format, int rows, int columns, int[] first, int[] second)
    {
        var matrix = format == "coo"
            ? Make(format, rows, columns, ("data", Doubles(1, 2, 3)), ("row", Integers(first)), ("col", Integers(second)))
            : Make(format, rows, columns, ("data", Doubles(1, 2, 3)), ("indices", Integers(first)), ("indptr", Integers(second)));

        var exception = Assert.Throws<PickleException>(() => SparseArray.TryRead(matrix, out _));

        Assert.True(exception.Code is PickleErrorCode.Corrupt or PickleErrorCode.LimitExceeded, exception.Message);
    }

    [Fact]
    public void TryRead_WithoutItsArrays_Throws()
    {
        Assert.Throws<PickleException>(() => SparseArray.TryRead(Make("csr", 1, 1), out _));
        Assert.Throws<PickleException>(() => SparseArray.TryRead(Make("dia", 1, 1, ("data", Doubles(1)), ("offsets", Integers(0))), out _));
        Assert.Throws<PickleException>(() => SparseArray.TryRead(new PickleObject(new GlobalName("scipy.sparse", "csr_matrix"), new PickleTuple([])), out _));
    }

    private static PickleObject Make(string format, int rows, int columns, params ReadOnlySpan<(string Name, object Value)> parts)
    {
        var state = new PickleDict();
        state.Set("_shape", new PickleTuple([(long)rows, (long)columns]));
        foreach (var (name, value) in parts)
        {
            state.Set(name, value);
        }

        return new PickleObject(new GlobalName($"scipy.sparse._{format}", $"{format}_matrix"), new PickleTuple([])) { State = state };
    }

    private static byte[] Bytes(params double[] values) => MemoryMarshal.AsBytes<double>(values).ToArray();

    private static NdArray Doubles(params double[] values) => new(DType.Float64, [values.Length], Bytes(values));

    private static NdArray Integers(params int[] values) =>
        new(new DType(DTypeKind.Integer, 4), [values.Length], MemoryMarshal.AsBytes<int>(values).ToArray());
}
