using System.Text;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Tests.Preprocessing;

public sealed class LabelTableTests
{
    // numpy casts to the labels' type first: text is cut to its length.
    [Theory]
    [InlineData("yes", 1)]
    [InlineData("yesterday", 1)]
    [InlineData("no", 0)]
    public void Transform_TextLabelsOfFixedLength_CutsLongerText(string text, double expected)
    {
        using var rows = Text(text);

        Assert.Equal([expected], Encoder("1.4.2").Run(Method.Transform, rows));
    }

    [Fact]
    public void Transform_LongerTextBeforeTheCast_IsUnknown()
    {
        using var rows = Text("yesterday");

        var exception = Assert.Throws<FlamaException>(() => Encoder("0.23.2").Run(Method.Transform, rows));

        Assert.Equal("Row 0, feature 0: \"yesterday\" is not a label that training had.", exception.Problems[0].Message);
    }

    private static FeatureBatch Text(string text)
    {
        var batch = FeatureBatch.Rent(1, 1, withTexts: true);
        batch.SetText(0, 0, text);
        return batch;
    }

    private static Estimator Encoder(string version)
    {
        var labels = new NdArray(new DType(DTypeKind.Text, 12), [2], Encoding.UTF32.GetBytes("no\0yes"));
        return Pickled.Build(Pickled.Estimator("sklearn.preprocessing._label", "LabelEncoder", ("_sklearn_version", version), ("classes_", labels)));
    }
}
