using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.Tests.FeatureExtraction;

public sealed class CodePointComparerTests
{
    [Fact]
    public void Compare_SurrogatesAndTheEndOfTheBasicPlane_OrdersByCodePoint()
    {
        string[] words = ["b", "\U0001F600", "\uFFFD", "a", "", "ab", "\U00010400"];

        Array.Sort(words, CodePointComparer.Instance);

        Assert.Equal(["", "a", "ab", "b", "\uFFFD", "\U00010400", "\U0001F600"], words);
    }
}
