using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Tests.Json;

public class OutputWriterTests
{
    [Fact]
    public void Write_Floats_AlwaysLookLikeFloats() =>
        AssertWrites("[1.0,-0.0,1e-08,0.1,1e+16,null,null]", Vector(PredictionKind.Float, 1, -0.0, 1e-8, 0.1, 1e16, double.NaN, double.PositiveInfinity));

    [Fact]
    public void Write_Integers_AreWhole() =>
        AssertWrites("[1,-7,9007199254740992,null]", Vector(PredictionKind.Integer, 1, -7, 9007199254740992, double.NaN));

    [Fact]
    public void Write_Booleans_AreWords() => AssertWrites("[true,false]", Vector(PredictionKind.Boolean, 1, 0));

    [Fact]
    public void Write_Labels_AreTheLabels()
    {
        var labels = new LabelSet([Scalar.Of("yes"), Scalar.Of("né\"\n"), Scalar.Of(3L), Scalar.Of(2.0), Scalar.Of(true), Scalar.Null]);
        var batch = PredictionBatch.Rent(PredictionKind.Label, 7, [], [labels]);
        new double[] { 1, 0, 2, 3, 4, 5, 1 }.CopyTo(batch.WritableValues);

        AssertWrites("""["né\"\n","yes",3,2.0,true,null,"né\"\n"]""", batch);
    }

    [Fact]
    public void Write_LabelsOfSeveralColumns_TakeTheirOwnSets()
    {
        var batch = PredictionBatch.Rent(PredictionKind.Label, 2, [2], [new([Scalar.Of("a"), Scalar.Of("b")]), new([Scalar.Of(10L), Scalar.Of(20L)])]);
        new double[] { 0, 1, 1, 0 }.CopyTo(batch.WritableValues);

        AssertWrites("""[["a",20],["b",10]]""", batch);
    }

    [Fact]
    public void Write_Mixed_HasTextsAndNumbers()
    {
        var batch = PredictionBatch.Rent(PredictionKind.Mixed, 1, [3]);
        batch.WritableValues.Fill(2);
        batch.WritableTexts[1] = "a\\é<";

        AssertWrites("""[[2.0,"a\\é<",2.0]]""", batch);
    }

    [Theory]
    [InlineData(new[] { 2 }, "[[0.0,1.0],[2.0,3.0]]")]
    [InlineData(new[] { 1, 2 }, "[[[0.0,1.0]],[[2.0,3.0]]]")]
    [InlineData(new[] { 2, 1, 1 }, "[[[[0.0]],[[1.0]]],[[[2.0]],[[3.0]]]]")]
    [InlineData(new[] { 0 }, "[[],[]]")]
    [InlineData(new[] { 2, 0 }, "[[[],[]],[[],[]]]")]
    public void Write_AnyShape_Nests(int[] shape, string expected)
    {
        var batch = PredictionBatch.Rent(PredictionKind.Float, 2, shape);
        for (var i = 0; i < batch.Values.Length; i++)
        {
            batch.WritableValues[i] = i;
        }

        AssertWrites(expected, batch);
    }

    [Fact]
    public void Write_NoRows_IsEmptyList() => AssertWrites("[]", PredictionBatch.RentMatrix(PredictionKind.Float, 0, 3));

    [Fact]
    public void Write_Parts_AreAList()
    {
        var mixed = PredictionBatch.Rent(PredictionKind.Mixed, 1, []);
        mixed.WritableTexts[0] = "x";

        AssertWrites("""[[1.0],["x"],[2,3]]""", ModelOutput.List([Vector(PredictionKind.Float, 1), mixed, Vector(PredictionKind.Integer, 2, 3)]));
    }

    [Fact]
    public void Write_Values_AllocatesNothing()
    {
        using var batch = PredictionBatch.RentMatrix(PredictionKind.Float, 100, 3);
        batch.WritableValues.Fill(0.123456789);
        var output = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(output, JsonOutput.Compact);
        OutputWriter.Write(writer, batch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        OutputWriter.Write(writer, batch);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Write_IndentedDocument_KeepsItsForm()
    {
        using var batch = Vector(PredictionKind.Integer, 1, 2);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            OutputWriter.Write(writer, batch);
        }

        Assert.Equal("[\n  1,\n  2\n]", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static PredictionBatch Vector(PredictionKind kind, params double[] values)
    {
        var batch = PredictionBatch.RentVector(kind, values.Length);
        values.CopyTo(batch.WritableValues);
        return batch;
    }

    [Fact]
    public void Write_Int64_IsExact()
    {
        var batch = PredictionBatch.RentVector(PredictionKind.Int64, 2);
        MemoryMarshal.Cast<double, long>(batch.WritableValues)[0] = long.MaxValue;
        MemoryMarshal.Cast<double, long>(batch.WritableValues)[1] = -9007199254740993;

        AssertWrites("[9223372036854775807,-9007199254740993]", batch);
    }

    private static void AssertWrites(string expected, PredictionBatch batch) => AssertWrites(expected, ModelOutput.Of(batch));

    private static void AssertWrites(string expected, ModelOutput batch)
    {
        using (batch)
        {
            var output = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(output, JsonOutput.Compact))
            {
                OutputWriter.Write(writer, batch);
            }

            Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }
}
