using Flama.Pickle;

namespace Flama.Sklearn.Tests.NaiveBayes;

public sealed class CategoricalNBTests
{
    // numpy reads strings as ints by Python's int(), which takes no point.
    [Theory]
    [InlineData("1", true)]
    [InlineData(" 0 ", true)]
    [InlineData("1.5", false)]
    [InlineData("1.0", false)]
    [InlineData("1e0", false)]
    [InlineData("nan", false)]
    [InlineData("red", false)]
    public void Run_Text_MustBeAWholeNumber(string text, bool isRead)
    {
        var model = Pickled.Build(Model());
        using var rows = FeatureBatch.RentEmpty(1);
        rows.AddRow();
        rows.SetText(0, 0, text);

        var exception = Record.Exception(() => model.Run(Method.Predict, rows));

        Assert.Equal(isRead, exception is null);
        Assert.True(isRead || (exception as FlamaException)?.Code == ErrorCodes.InvalidInput);
    }

    private static PickleObject Model() => Pickled.Estimator(
        "sklearn.naive_bayes",
        "CategoricalNB",
        ("n_features_in_", 1L),
        ("classes_", Pickled.Integers(0, 1)),
        ("class_log_prior_", Pickled.Vector(-0.7, -0.7)),
        ("feature_log_prob_", new List<object?> { Pickled.Array([-0.1, -2, -2, -0.1], 2, 2) }));
}
