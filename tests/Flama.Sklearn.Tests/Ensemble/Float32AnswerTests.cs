using System.Text;
using Flama.Pickle;
using static Flama.Tests.XGBoostSource;

namespace Flama.Sklearn.Tests.Ensemble;

/// <summary>Answers of XGBoost in compositions: float32 where numpy has no reason for float64.</summary>
public sealed class Float32AnswerTests
{
    private const float First = 0.1f;
    private const float Second = 0.7f;
    private const float Third = 1e-3f;

    [Fact]
    public void Predict_VotesWithoutWeights_AreAveragedInFloat32()
    {
        var voting = Voting(null, First, Second, Third);

        var answer = voting.Run(Method.Predict, Rows.Of([0.0, 0]));

        Assert.Equal([((First + Second) + Third) / 3], answer);
        Assert.NotEqual(((double)First + Second + Third) / 3, answer[0]);
        Assert.True(voting.GivesFloat32(Method.Predict));
    }

    [Fact]
    public void Predict_VotesWithWeights_AreAveragedInFloat64()
    {
        var voting = Voting(new List<object?> { 1.0, 1.0, 1.0 }, First, Second, Third);

        var answer = voting.Run(Method.Predict, Rows.Of([0.0, 0]));

        Assert.Equal([((double)First + Second + Third) / 3], answer);
        Assert.False(voting.GivesFloat32(Method.Predict));
    }

    private static Estimator Voting(object? weights, params float[] leaves)
    {
        List<object?> members = [.. leaves.Select(Regressor)];
        List<object?> named = [.. members.Select((member, i) => (object?)new PickleTuple([$"r{i}", member]))];
        return Pickled.Build(Pickled.Estimator(
            "sklearn.ensemble._voting", "VotingRegressor", ("estimators", named), ("estimators_", members), ("weights", weights), ("n_features_in_", 2L)));
    }

    private static object? Regressor(float leaf)
    {
        var document = Document(OneTree(conditions: FormattableString.Invariant($"[0.5,{leaf:R},{leaf:R}]")));
        var booster = Pickled.Estimator("xgboost.core", "Booster", ("handle", Encoding.UTF8.GetBytes(document)));
        return Pickled.Estimator("xgboost.sklearn", "XGBRegressor", ("_Booster", booster), ("missing", double.NaN));
    }
}
