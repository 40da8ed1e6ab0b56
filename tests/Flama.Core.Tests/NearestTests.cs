namespace Flama.Core.Tests;

public sealed class NearestTests
{
    private static readonly string[] Words = ["inspect", "predict", "predict_proba", "serve"];

    [Theory]
    [InlineData("predcit", "predict")]
    [InlineData("PREDICT", "predict")]
    [InlineData("predict_prob", "predict_proba")]
    [InlineData("sreve", "serve")]
    [InlineData("insp", null)]
    [InlineData("zzzzzz", null)]
    [InlineData("", null)]
    public void To_AWord_GivesTheNearestOrNone(string word, string? expected)
    {
        var nearest = Nearest.To(word, Words);

        Assert.Equal(expected, nearest);
    }
}
