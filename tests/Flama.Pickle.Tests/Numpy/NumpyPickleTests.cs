using System.Numerics;
using System.Runtime.InteropServices;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Tests.Numpy;

public sealed class NumpyPickleTests
{
    [Theory]
    [InlineData("f8", DTypeKind.Float, 8)]
    [InlineData("<f4", DTypeKind.Float, 4)]
    [InlineData("f2", DTypeKind.Float, 2)]
    [InlineData("i1", DTypeKind.Integer, 1)]
    [InlineData("i8", DTypeKind.Integer, 8)]
    [InlineData("u2", DTypeKind.Unsigned, 2)]
    [InlineData("b1", DTypeKind.Boolean, 1)]
    [InlineData("c16", DTypeKind.Complex, 16)]
    [InlineData("c8", DTypeKind.Complex, 8)]
    [InlineData("O8", DTypeKind.Object, 8)]
    [InlineData("M8", DTypeKind.DateTime, 8)]
    [InlineData("m8", DTypeKind.TimeDelta, 8)]
    [InlineData("U5", DTypeKind.Text, 20)]
    [InlineData("S5", DTypeKind.Bytes, 5)]
    [InlineData("V7", DTypeKind.Record, 7)]
    public void Read_DTypeCode_GivesKindAndSize(string code, DTypeKind kind, int size)
    {
        var type = Assert.IsType<DType>(new PickleBytes().DType(code).Op(".").Read());

        Assert.Equal(kind, type.Kind);
        Assert.Equal(size, type.ItemSize);
        Assert.False(type.IsBigEndian);
    }

    [Theory]
    [InlineData("f16", PickleErrorCode.DisallowedCall)]
    [InlineData("c32", PickleErrorCode.DisallowedCall)]
    [InlineData("f3", PickleErrorCode.Corrupt)]
    [InlineData("i16", PickleErrorCode.Corrupt)]
    [InlineData("U99999999999", PickleErrorCode.Corrupt)]
    [InlineData("U-1", PickleErrorCode.Corrupt)]
    [InlineData("U1000000000", PickleErrorCode.Corrupt)]
    [InlineData("f8,f8", PickleErrorCode.Corrupt)]
    [InlineData("", PickleErrorCode.Corrupt)]
    [InlineData("<", PickleErrorCode.Corrupt)]
    public void Read_OddDTypeCode_Throws(string code, string error)
    {
        var exception = Assert.Throws<PickleException>(() => new PickleBytes().DType(code).Op(".").Read());

        Assert.Equal(error, exception.Code);
    }

    [Fact]
    public void Read_DTypeInMemo_IsTheOneThatBuildSets()
    {
        var pickle = new PickleBytes().Op("(").Global("numpy", "dtype").Text("f8").Op("\u0089\u0088\u0087R\u0094(K\u0003").Text(">")
            .Op("NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\u0000tbh\u0000t.");

        var tuple = Assert.IsType<PickleTuple>(pickle.Read());

        Assert.Same(tuple[0], tuple[1]);
        Assert.True(Assert.IsType<DType>(tuple[1]).IsBigEndian);
    }

    [Fact]
    public void Read_DTypeChangedAfterUse_ThrowsCorrupt()
    {
        var pickle = new PickleBytes().Op("(").DType("f8").Op("(K\u0003").Text("<").Op("NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\u0000tbt.");

        Assert.Equal(PickleErrorCode.Corrupt, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }

    [Theory]
    [InlineData('<', false, new[] { 1.0, 2, 3, 4, 5, 6 })]
    [InlineData('>', false, new[] { 1.0, 2, 3, 4, 5, 6 })]
    [InlineData('<', true, new[] { 1.0, 3, 5, 2, 4, 6 })]
    [InlineData('>', true, new[] { 1.0, 3, 5, 2, 4, 6 })]
    public void Read_ReconstructedArray_GivesElementsInRowMajorOrder(char order, bool isFortran, double[] expected)
    {
        double[] inMemory = [1, 2, 3, 4, 5, 6];
        var bytes = MemoryMarshal.AsBytes<double>(inMemory).ToArray();
        if (order == '>')
        {
            bytes = [.. bytes.Chunk(8).SelectMany(item => item.Reverse())];
        }

        var pickle = new PickleBytes().Array(dtype => dtype.DType("f8", order), [2, 3], isFortran, data => data.BytesValue(bytes)).Op(".");

        var array = Assert.IsType<NdArray>(pickle.Read());

        Assert.Equal([2, 3], array.Shape);
        Assert.Equal(isFortran, array.IsFortran);
        Assert.Equal(expected, array.ToDoubles());
    }

    [Fact]
    public void Read_LargeArray_KeepsAPartOfTheFile()
    {
        var pickle = new PickleBytes().Array(dtype => dtype.DType("f8"), [100], false, data => data.BytesValue(new byte[800])).Op(".").ToArray();

        var array = (NdArray)PickleReader.Read(pickle)!;

        Assert.True(MemoryMarshal.TryGetArray(array.Data, out var segment));
        Assert.Same(pickle, segment.Array);
    }

    [Theory]
    [InlineData("C")]
    [InlineData("F")]
    public void Read_ArrayFromBuffer_GivesElements(string order)
    {
        var pickle = new PickleBytes().Global("numpy._core.numeric", "_frombuffer")
            .Op("(\u0096\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0002\u0000\u0003\u0000\u0004\u0000")
            .DType("i2").Shape(2, 2).Text(order).Op("tR.");

        var array = Assert.IsType<NdArray>(pickle.Read());

        Assert.Equal(order == "C" ? [1, 2, 3, 4] : [1, 3, 2, 4], array.ToInt32s());
    }

    [Fact]
    public void Read_ObjectArray_GivesObjects()
    {
        var pickle = new PickleBytes().Array(dtype => dtype.DType("O8", '|'), [2], false, data => data.Op("](K\u0001Ne")).Op(".");

        var array = Assert.IsType<NdArray>(pickle.Read());

        Assert.Equal([1L, null], array.Items);
        Assert.Equal([1L, null], array.ToObjects());
    }

    [Fact]
    public void Read_ArrayOfPython2_TakesStrForBytes()
    {
        var pickle = new PickleBytes().Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Op("(I0\ntS'b'\n\u0087R(I1\n(I2\nt")
            .Global("numpy", "dtype").Op("(S'u1'\nI0\nI1\ntR(I3\nS'|'\nNNNI-1\nI-1\nI0\ntb").Op("I00\nS'\\x01\\xff'\ntb.");

        Assert.Equal([1, 255], Assert.IsType<NdArray>(pickle.Read()).ToInt32s());
    }

    [Fact]
    public void Read_ArrayOfProtocol2_DecodesLatin1()
    {
        var pickle = new PickleBytes()
            .Array(dtype => dtype.DType("u1", '|'), [2], false, data => data.Global("_codecs", "encode").Text("\u0001ÿ").Text("latin1").Op("\u0086R"))
            .Op(".");

        Assert.Equal([1, 255], Assert.IsType<NdArray>(pickle.Read()).ToInt32s());
    }

    [Theory]
    [InlineData("i8", "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF", "-1")]
    [InlineData("i2", "\u0001\u0002", "513")]
    [InlineData("u8", "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF", "big 18446744073709551615")]
    [InlineData("u1", "\u00FF", "255")]
    [InlineData("f8", "\u0000\u0000\u0000\u0000\u0000\u0000\u00F8?", "1.5")]
    [InlineData("f4", "\u0000\u0000\u00C0?", "1.5")]
    [InlineData("f2", "\u0000>", "1.5")]
    [InlineData("b1", "\u0001", "True")]
    [InlineData("M8", "\u0007\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "7")]
    [InlineData("U2", "a\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "'a'")]
    [InlineData("S3", "ab\u0000", "b'6162'")]
    [InlineData("V2", "ab", "b'6162'")]
    public void Read_Scalar_GivesPlainValue(string code, string data, string expected)
    {
        var pickle = new PickleBytes().Global("numpy.core.multiarray", "scalar").DType(code).BytesValue(PickleBytes.Raw(data)).Op("\u0086R.");

        Assert.Equal(expected, PickleValue.Show(pickle.Read()));
    }

    [Fact]
    public void Read_ComplexScalar_GivesComplex()
    {
        var pickle = new PickleBytes().Global("numpy.core.multiarray", "scalar").DType("c16")
            .BytesValue([.. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(-2.0)]).Op("\u0086R.");

        Assert.Equal(new Complex(1, -2), pickle.Read());
    }

    [Theory]
    [InlineData("K\u0001\u0085", "f8", 7)]
    [InlineData("K\u0001\u0085", "f8", 9)]
    [InlineData("J\u00FF\u00FF\u00FF\u00FF\u0085", "f8", 8)]
    [InlineData("M\u00FF\u00FFM\u00FF\u00FF\u0086", "f8", 0)]
    [InlineData("J\u00FF\u00FF\u00FF\u007FJ\u00FF\u00FF\u00FF\u007F\u0086", "V0", 0)]
    [InlineData("K\u0001", "f8", 8)]
    [InlineData("N", "f8", 8)]
    [InlineData("NN\u0086", "f8", 8)]
    [InlineData("K\u0001\u0085", "O8", 8)]
    public void Read_ArrayWhoseSizesDisagree_ThrowsCorrupt(string shape, string code, int bytes)
    {
        var pickle = new PickleBytes().Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Op("K\u0000\u0085C\u0001b\u0087R(K\u0001")
            .Op(shape).DType(code).Op("\u0089").BytesValue(new byte[bytes]).Op("tb.");

        var exception = Assert.Throws<PickleException>(() => pickle.Read());

        Assert.True(exception.Code is PickleErrorCode.Corrupt or PickleErrorCode.LimitExceeded, exception.Message);
        Assert.NotNull(exception.Offset);
    }

    [Fact]
    public void Read_ZeroWidthElements_CostWhatTheirStringsWould()
    {
        var pickle = new PickleBytes().Array(dtype => dtype.DType("U0"), [int.MaxValue], false, data => data.BytesValue([])).Op(".");

        Assert.Equal(PickleErrorCode.LimitExceeded, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }

    [Fact]
    public void Read_ArrayBuiltTwice_ThrowsCorrupt()
    {
        var pickle = new PickleBytes().Array(dtype => dtype.DType("u1", '|'), [1], false, data => data.BytesValue([1]))
            .Op("(K\u0001").Shape(1).DType("u1", '|').Op("\u0089").BytesValue([2]).Op("tb.");

        Assert.Equal(PickleErrorCode.Corrupt, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }

    [Theory]
    [InlineData("numpy.core._multiarray_umath", "log1p", "<numpy.log1p>")]
    [InlineData("numpy.core", "sqrt", "<numpy.sqrt>")]
    [InlineData("scipy.special._ufuncs", "expit", "<scipy.special._ufuncs.expit>")]
    public void Read_UniversalFunctionByName_GivesIt(string module, string name, string expected)
    {
        var pickle = new PickleBytes().Global("numpy.core", "_ufunc_reconstruct").Text(module).Text(name).Op("\u0086R.");

        Assert.Equal(expected, PickleValue.Show(pickle.Read()));
    }

    [Theory]
    [InlineData("numpy.core._multiarray_umath", "fromfile")]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    public void Read_OtherFunctionByName_ThrowsDisallowedCall(string module, string name)
    {
        var pickle = new PickleBytes().Global("numpy.core", "_ufunc_reconstruct").Text(module).Text(name).Op("\u0086R.");

        Assert.Equal(PickleErrorCode.DisallowedCall, Assert.Throws<PickleException>(() => pickle.Read()).Code);
    }
}
