using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Tests;

public class ScalarTests
{
    public static TheoryData<string, string, string, bool> Values => new()
    {
        { "null", "null", "null", false },
        { "true", "true", "true", true },
        { "int", "-5", "-5", true },
        { "float", "1.0", "1", true },
        { "nan", "null", "NaN", true },
        { "text", "\"é\\\"<\"", "é\"<", false },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void WriteTo_EveryKind_IsJson(string kind, string json, string shown, bool isNumber)
    {
        var value = Make(kind);

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonOutput.Compact))
        {
            value.WriteTo(writer);
        }

        Assert.Equal(json, Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(shown, value.ToString());
        Assert.Equal(isNumber, value.IsNumber);
    }

    [Fact]
    public void Equals_SameKindAndContent_IsTrue()
    {
        Assert.True(Scalar.Of(1L) == Scalar.Of(1L));
        Assert.True(Scalar.Of("a").Equals((object)Scalar.Of("a")));
        Assert.Equal(Scalar.Of("a").GetHashCode(), Scalar.Of("a").GetHashCode());
        Assert.True(Scalar.Of(1L) != Scalar.Of(1.0));
        Assert.True(Scalar.Of(true) != Scalar.Of(1L));
        Assert.Equal(Scalar.Null, default);
    }

    [Fact]
    public void Number_EveryKind_IsFloat64()
    {
        Assert.Equal([1, 7, 2.5], [Scalar.Of(true).Number, Scalar.Of(7L).Number, Scalar.Of(2.5).Number]);
        Assert.True(double.IsNaN(Scalar.Of("7").Number) && double.IsNaN(Scalar.Null.Number));
    }

    private static Scalar Make(string kind) => kind switch
    {
        "null" => Scalar.Null,
        "true" => Scalar.Of(true),
        "int" => Scalar.Of(-5L),
        "float" => Scalar.Of(1.0),
        "nan" => Scalar.Of(double.NaN),
        _ => Scalar.Of("é\"<"),
    };
}
