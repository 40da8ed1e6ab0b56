using System.Text;
using Flama.Json;

namespace Flama.Tests.Json;

/// <summary>Tensors whose type a method leaves open: the request tells it.</summary>
public class OpenTensorTests
{
    [Theory]
    [InlineData(ElementType.Float32, "[1, 2]", ElementType.Float32)]
    [InlineData(ElementType.Float64, "[1.5, 2]", ElementType.Float64)]
    [InlineData(ElementType.Float32, "[true, false]", ElementType.Boolean)]
    [InlineData(ElementType.Float32, "[true, 2]", ElementType.Float32)]
    [InlineData(ElementType.Int64, "[9007199254740993, 2]", ElementType.Int64)]
    [InlineData(ElementType.Int64, "[1, 2.0]", ElementType.Float32)]
    [InlineData(ElementType.Int64, "[1, NaN]", ElementType.Float32)]
    [InlineData(ElementType.Int64, "[1e3]", ElementType.Float32)]
    [InlineData(ElementType.Boolean, "[1, 0]", ElementType.Boolean)]
    [InlineData(ElementType.Boolean, "[1, 2]", ElementType.Int64)]
    [InlineData(ElementType.Int64, "[]", ElementType.Int64)]
    [InlineData(ElementType.Float32, "{\"b64\":\"AQAAAAAAAAA=\",\"shape\":[1],\"dtype\":\"int64\"}", ElementType.Int64)]
    [InlineData(ElementType.Float32, "{\"b64\":\"AAAAQA==\",\"shape\":[1]}", ElementType.Float32)]
    public void Read_OpenType_IsWhatTheRequestTells(ElementType likely, string json, ElementType expected)
    {
        using var inputs = Read(likely, json);

        Assert.Equal(expected, inputs[0].Type);
    }

    [Fact]
    public void Read_FractionAfterWholeNumbers_KeepsThem()
    {
        using var inputs = Read(ElementType.Int64, "[[1, -2], [3, 0.5]]");

        Assert.Equal([1f, -2f, 3f, 0.5f], inputs[0].Elements<float>().ToArray());
    }

    [Fact]
    public void Read_BooleansOfSeveralRows_AreBooleans()
    {
        using var inputs = Read(ElementType.Float32, "[[true, false], [false, true]]");

        Assert.Equal([true, false, false, true], inputs[0].Elements<bool>().ToArray());
    }

    [Fact]
    public void Read_Text_IsRefused()
    {
        var failure = Assert.Throws<FlamaException>(() => Read(ElementType.Float32, "[\"a\"]"));

        Assert.Equal("'x' has the text 'a' as element 0, expected numbers.", failure.Message);
    }

    [Fact]
    public void Read_AnotherTypeWhereItIsFixed_IsRefused()
    {
        TensorSpec spec = new("x", ElementType.Float32, null);

        var failure = Assert.Throws<FlamaException>(() => TensorBytes.Read(spec, ElementType.Int64, [1], new byte[8]));

        Assert.Equal("'x' has elements of int64, expected x: float32[…].", failure.Message);
    }

    private static TensorInputs Read(ElementType likely, string json) => (TensorInputs)InputReader.For(new TensorsSpec([new("x", likely, null) { IsTypeOpen = true }]))
        .ReadRequest(Encoding.UTF8.GetBytes($"{{\"input\":{json}}}"));
}
