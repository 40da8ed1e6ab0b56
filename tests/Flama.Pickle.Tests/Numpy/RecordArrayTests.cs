using Flama.Pickle.Numpy;

namespace Flama.Pickle.Tests.Numpy;

public sealed class RecordArrayTests
{
    // An aligned record with a hole: u1 at 0, i4 at 4 (big-endian), f8 at 8, i2 at 16, 3 raw bytes at 18; 24 bytes in all.
    private static readonly DType Record = new(DTypeKind.Record, 24)
    {
        Fields =
        [
            new DTypeField("flag", new DType(DTypeKind.Unsigned, 1), 0),
            new DTypeField("left", new DType(DTypeKind.Integer, 4) { IsBigEndian = true }, 4),
            new DTypeField("value", DType.Float64, 8),
            new DTypeField("depth", new DType(DTypeKind.Integer, 2), 16),
            new DTypeField("raw", new DType(DTypeKind.Record, 3), 18),
        ],
    };

    [Fact]
    public void Field_OfRecords_TakesItOutOfEachOne()
    {
        var array = Make([2]);

        Assert.Equal([1.0, 2.0], array.Field("flag").ToDoubles());
        Assert.Equal([-10, -20], array.Field("left").ToInt32s());
        Assert.Equal([0.5, 1.5], array.Field("value").ToDoubles());
        Assert.Equal([100, 200], array.Field("depth").ToInt32s());
        Assert.Equal(new byte[] { 7, 8, 9 }, array.Field("raw").ToObjects()[1]);
        Assert.Equal([2], array.Field("value").Shape);
        Assert.True(array.HasField("left"));
        Assert.False(array.HasField("right"));
    }

    [Fact]
    public void Field_Unknown_NamesTheKnownOnes()
    {
        var exception = Assert.Throws<PickleException>(() => Make([2]).Field("right"));

        Assert.Equal("An array of type V24 has no field 'right'; it has flag, left, value, depth, raw.", exception.Message);
    }

    [Fact]
    public void Read_RecordType_HasFieldsWithOffsets()
    {
        var pickle = new PickleBytes()
            .Array(
                dtype => dtype
                    .Global("numpy", "dtype").Text("V16").Op("\u0089\u0088\u0087R(K\u0003").Text("|").Op("N")
                    .Text("left").Text("right").Op("\u0086}(")
                    .Text("left").DType("i8").Op("K\u0000\u0086")
                    .Text("right").DType("f8", '>').Op("K\u0008\u0086u").Op("K\u0010K\u0001K\u0010tb"),
                [2],
                isFortran: false,
                data => data.BytesValue([1, 0, 0, 0, 0, 0, 0, 0, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0]))
            .Op(".");

        var array = Assert.IsType<NdArray>(pickle.Read());

        Assert.Equal("left right", string.Join(' ', array.Type.Fields.Select(field => field.Name)));
        Assert.Equal([1L, 2L], array.Field("left").ToInt64s());
        Assert.Equal([1.0, 2.0], array.Field("right").ToDoubles());
        Assert.IsType<NdArray>(array.ToObjects()[0]);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(-1)]
    public void Read_FieldOutsideTheRecord_ThrowsCorrupt(int offset)
    {
        var pickle = new PickleBytes()
            .Global("numpy", "dtype").Text("V16").Op("\u0089\u0088\u0087R(K\u0003").Text("|").Op("N")
            .Text("left").Op("\u0085}").Text("left").DType("i8").Integer(offset).Op("\u0086sK\u0010K\u0001K\u0010tb.");

        var exception = Assert.Throws<PickleException>(() => pickle.Read());

        Assert.Equal(PickleErrorCode.Corrupt, exception.Code);
        Assert.Contains("left", exception.Message, StringComparison.Ordinal);
    }

    private static NdArray Make(int[] shape)
    {
        byte[] first = [1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xF6, .. BitConverter.GetBytes(0.5), 100, 0, 4, 5, 6, 0, 0, 0];
        byte[] second = [2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xEC, .. BitConverter.GetBytes(1.5), 200, 0, 7, 8, 9, 0, 0, 0];
        return new NdArray(Record, shape, first.Concat(second).ToArray());
    }
}
