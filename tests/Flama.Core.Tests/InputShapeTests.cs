namespace Flama.Core.Tests;

public sealed class InputShapeTests
{
    [Theory]
    [InlineData("1,3,224,224", null, "1,3,224,224", null)]
    [InlineData("x=1,3,?,-1", "x", "1,3,?,?", null)]
    [InlineData("ids = [?, 128] : int64", "ids", "?,128", ElementType.Int64)]
    [InlineData("4:float64", null, "4", ElementType.Float64)]
    [InlineData("x=[]", "x", "", null)]
    [InlineData("x=:bool", "x", null, ElementType.Boolean)]
    public void Parse_OfAShape_ReadsItsParts(string text, string? name, string? lengths, ElementType? type)
    {
        var shape = InputShape.Parse(text);

        Assert.Equal(name, shape.Name);
        Assert.Equal(lengths, shape.Lengths is null ? null : string.Join(',', shape.Lengths));
        Assert.Equal(type, shape.Type);
        Assert.Equal(shape.ToString(), InputShape.Parse(shape.ToString()).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x=")]
    [InlineData("=1,2")]
    [InlineData("1,,2")]
    [InlineData("1,a")]
    [InlineData("-2")]
    [InlineData("1:float")]
    [InlineData("1:string")]
    [InlineData("1x3x224x224")]
    public void Parse_OfSomethingElse_SaysWhatIsExpected(string text)
    {
        var failure = Assert.Throws<FlamaException>(() => InputShape.Parse(text));

        Assert.Equal(ErrorCodes.InvalidOption, failure.Code);
        Assert.Contains("x=1,3,224,224", failure.Message, StringComparison.Ordinal);
    }
}
