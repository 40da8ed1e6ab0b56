using System.Text;
using Flama.Scoring.Input;

namespace Flama.Scoring.Tests.Input;

public sealed class FlatRowsTests
{
    private static readonly TableSpec OneFeature = new([new Feature(FeatureKind.Number)]);
    private static readonly TableSpec TwoFeatures = new([new Feature(FeatureKind.Number), new Feature(FeatureKind.Number)]);

    [Theory]
    [InlineData("[0, 1]\n", "[[0],[1]]")]
    [InlineData("[ 0.5 ]", "[[0.5]]")]
    [InlineData("\uFEFF[null,NaN,true]", "[[null],[NaN],[true]]")]
    [InlineData("""["a,b","]\"["]""", """[["a,b"],["]\"["]]""")]
    public void Wrap_FlatListForOneFeature_MakesRows(string json, string expected)
    {
        var rows = FlatRows.Wrap(Encoding.UTF8.GetBytes(json), OneFeature);

        Assert.Equal(expected, Encoding.UTF8.GetString(rows.Span));
    }

    [Theory]
    [InlineData("[[0],[1]]")]
    [InlineData("[0,[1]]")]
    [InlineData("""[{"a":1}]""")]
    [InlineData("""{"input":[0]}""")]
    [InlineData("[]")]
    [InlineData("[,]")]
    [InlineData("[0,]")]
    [InlineData("[0,1")]
    [InlineData("[0]]")]
    [InlineData("""["a]""")]
    [InlineData("")]
    [InlineData("0")]
    public void Wrap_AnythingElse_StaysAsItIs(string json)
    {
        var rows = FlatRows.Wrap(Encoding.UTF8.GetBytes(json), OneFeature);

        Assert.Equal(json, Encoding.UTF8.GetString(rows.Span));
    }

    [Fact]
    public void Wrap_ModelOfOtherRows_StaysAsItIs()
    {
        var json = Encoding.UTF8.GetBytes("[0,1]");

        TableSpec[] signatures = [TwoFeatures, TableSpec.Unknown, OneFeature with { RowForm = RowForm.Document }];

        Assert.All(signatures, signature => Assert.Equal("[0,1]", Encoding.UTF8.GetString(FlatRows.Wrap(json, signature).Span)));
    }
}
