using Flama.Sklearn.FeatureSelection;

namespace Flama.Sklearn.Tests.FeatureSelection;

public sealed class SupportMaskTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "3")]
    [InlineData(2, "13")]
    [InlineData(3, "013")]
    [InlineData(9, "0123")]
    public void Best_EqualScores_KeepsTheLater(int k, string expected) => Assert.Equal(expected, Kept(SupportMask.Best([1, 2, 0.5, 2], k)));

    [Theory]
    [InlineData(100, "01234")]
    [InlineData(60, "012")]
    [InlineData(40, "01")]
    [InlineData(20, "0")]
    [InlineData(0, "")]
    public void Percentile_EqualScores_KeepsTheFirst(double percent, string expected) =>
        Assert.Equal(expected, Kept(SupportMask.Percentile([5, 5, 5, 1, 1], percent)));

    [Theory]
    [InlineData(0.05, "02")]
    [InlineData(0.01, "")]
    [InlineData(0.9, "0123")]
    public void FalseDiscovery_PValues_IsBenjaminiHochberg(double alpha, string expected) =>
        Assert.Equal(expected, Kept(SupportMask.FalseDiscovery([0.01, 0.2, 0.024, 0.8], alpha)));

    [Fact]
    public void FalseDiscovery_MissingPValue_IsNotKept() => Assert.Equal("1", Kept(SupportMask.FalseDiscovery([double.NaN, 0.001], 0.05)));

    private static string Kept(bool[] mask) => string.Concat(Enumerable.Range(0, mask.Length).Where(i => mask[i]));
}
