using Flama.Pickle.Numpy;

namespace Flama.Pickle.Tests;

public sealed class JoblibTests
{
    [Theory]
    [InlineData("C", new[] { 1, 2, 3, 4 })]
    [InlineData("F", new[] { 1, 3, 2, 4 })]
    public void Read_ArrayBehindItsDescription_GivesElements(string order, int[] expected)
    {
        var pickle = Wrapper(new PickleBytes(), "u1", [2, 2], order, padding: "K\u0010").Op("\u0003\u00FF\u00FF\u00FF").Bytes([1, 2, 3, 4]).Op(".");

        Assert.Equal(expected, Assert.IsType<NdArray>(pickle.Read()).ToInt32s());
    }

    [Fact]
    public void Read_OldFileWithoutPadding_GivesElements()
    {
        var pickle = Wrapper(new PickleBytes().Op("("), "u1", [2], "C", padding: null).Bytes([1, 2]).Op("K\u0007t.");

        var tuple = Assert.IsType<PickleTuple>(pickle.Read());

        Assert.Equal([1, 2], Assert.IsType<NdArray>(tuple[0]).ToInt32s());
        Assert.Equal(7L, tuple[1]);
    }

    [Fact]
    public void Read_EmptyArray_HasPaddingOnly()
    {
        var pickle = Wrapper(new PickleBytes().Op("("), "f8", [0], "C", padding: "K\u0010").Op("\u0002\u00FF\u00FF").Op("K\u0007t.");

        var tuple = Assert.IsType<PickleTuple>(pickle.Read());

        Assert.Empty(Assert.IsType<NdArray>(tuple[0]).ToDoubles());
        Assert.Equal(7L, tuple[1]);
    }

    [Fact]
    public void Read_ObjectArray_IsAPickleOfItsOwn()
    {
        var pickle = Wrapper(new PickleBytes().Op("("), "O8", [2], "C", padding: "K\u0010")
            .Protocol(2).Array(dtype => dtype.DType("O8", '|'), [2], false, data => data.Op("](K\u0005\u0094h\u0000e")).Op(".")
            .Op("K\u0007t.");

        var tuple = Assert.IsType<PickleTuple>(pickle.Read());

        Assert.Equal([5L, 5L], Assert.IsType<NdArray>(tuple[0]).Items);
        Assert.Equal(7L, tuple[1]);
    }

    [Fact]
    public void Read_ObjectArrayThatIsNone_ThrowsCorrupt()
    {
        var pickle = Wrapper(new PickleBytes(), "O8", [2], "C", padding: null).Op("N.").Op(".");

        Assert.Equal(PickleErrorCode.Corrupt, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }

    [Fact]
    public void Read_StreamsInStreamsInStreams_ThrowsLimitExceeded()
    {
        var pickle = new PickleBytes();
        for (var i = 0; i < 1000; i++)
        {
            Wrapper(pickle, "O8", [1], "C", padding: null);
        }

        Assert.Equal(PickleErrorCode.LimitExceeded, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }

    [Theory]
    [InlineData(new[] { int.MaxValue })]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue })]
    [InlineData(new[] { 3 })]
    public void Read_FewerBytesThanTheShapeNeeds_ThrowsTruncated(int[] shape)
    {
        var pickle = Wrapper(new PickleBytes(), "f8", shape, "C", padding: null).Bytes(new byte[16]);

        Assert.Equal(PickleErrorCode.Truncated, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }

    [Fact]
    public void Read_ArrayOfAClassThatIsNoArray_ThrowsDisallowedCall()
    {
        var pickle = new PickleBytes().Global("joblib.numpy_pickle", "NumpyArrayWrapper").Op(")\u0081}(").Text("subclass").Global("numpy", "float64")
            .Text("shape").Shape(1).Text("dtype").DType("u1").Op("ub\u0001.");

        Assert.Equal(PickleErrorCode.DisallowedCall, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }

    [Theory]
    [InlineData("Nb.")]
    [InlineData("}b.")]
    [InlineData("}(X\u0008\u0000\u0000\u0000subclasscnumpy\nndarray\nub.")]
    public void Read_DescriptionWithoutItsParts_ThrowsCorrupt(string state)
    {
        var pickle = new PickleBytes().Global("joblib.numpy_pickle", "NumpyArrayWrapper").Op(")\u0081").Op(state);

        Assert.Equal(PickleErrorCode.Corrupt, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }

    private static PickleBytes Wrapper(PickleBytes pickle, string code, int[] shape, string order, string? padding)
    {
        pickle.Global("joblib.numpy_pickle", "NumpyArrayWrapper").Op(")\u0081}(")
            .Text("subclass").Global("numpy", "ndarray")
            .Text("shape").Shape(shape)
            .Text("order").Text(order)
            .Text("dtype").DType(code)
            .Text("allow_mmap").Op("\u0088");
        if (padding is not null)
        {
            pickle.Text("numpy_array_alignment_bytes").Op(padding);
        }

        return pickle.Op("ub");
    }
}
