using System.Globalization;
using Flama.Boosters;
using Flama.Boosters.XGBoost;

namespace Flama.Sklearn.XGBoost;

/// <summary>What the estimators of <c>xgboost</c> share: the booster, rows in, scores out.</summary>
/// <remarks>Missing values may come in, as NaN or as the wrapper's <c>missing</c>; so may infinite ones, except into a linear booster.</remarks>
internal sealed class XGBoostInput
{
    private static readonly InputRule FiniteOrMissing = new(TakesMissing: true, TakesInfinity: false, ParsesText: false) { IsFloat32 = true };
    private static readonly InputRule AnyNumber = new(TakesMissing: true, TakesInfinity: true, ParsesText: false);

    private readonly CategoryCodes? codes;

    private XGBoostInput(XGBoostModel model, bool isWrapper)
    {
        Model = model;
        Input = RuleOf(model, copiesRows: !isWrapper);
        codes = model.Categories is null ? null : new CategoryCodes(model.Categories, unknownIsMissing: false);
    }

    public XGBoostModel Model { get; }

    /// <summary>What cells predicting takes.</summary>
    public InputRule Input { get; }

    /// <summary>What cells a method takes.</summary>
    public InputRule InputOf(Method method) => method == Method.Apply ? RuleOf(Model, copiesRows: true) : Input;

    /// <summary>Reads the booster of a wrapper; early stopping limits the rounds that count.</summary>
    public static XGBoostInput OfWrapper(EstimatorState state, out int classes)
    {
        var booster = state.Part(state.Required("_Booster"), "_Booster");
        var reader = ReaderOf(booster, state);
        classes = state.OptionalInteger("n_classes_") ?? Math.Max(2, reader.Classes);
        var best = state.OptionalInteger("best_iteration") ?? booster.OptionalInteger("best_iteration") ?? reader.BestIteration;
        return new(
            reader.Read(best is { } round and < int.MaxValue ? round + 1 : null, (float)state.Number("missing", double.NaN)), isWrapper: true);
    }

    /// <summary>Reads a booster that stands by itself; all its rounds count.</summary>
    public static XGBoostInput OfBooster(EstimatorState state) => new(ReaderOf(state, state).Read(null, float.NaN), isWrapper: false);

    /// <summary>Says what each input column is used for.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (codes?.Describe(i) is { } categories)
            {
                columns[i].UseAsIs(takesMissing: true);
                columns[i].Learn(categories.TrainedOn);
                columns[i].OfferExample(categories.Example!.Value);
                continue;
            }

            columns[i].UseAsNumber(parsesText: false, takesMissing: true, Input.TakesInfinity);

            // The shortest digits that mean the same float32.
            columns[i].OfferExample(Scalar.Of(double.Parse(
                Model.Examples[i].ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Computes the raw scores.</summary>
    public void Score(Estimator owner, FeatureBatch rows, Span<float> scores)
    {
        using var encoded = codes?.Encode(owner, rows);
        Model.Score(encoded ?? rows, scores);
    }

    /// <summary>Computes the predictions; those of <see cref="XGBoostLink.LargestClass"/> are left as scores.</summary>
    public void Predict(Estimator owner, FeatureBatch rows, Span<float> predictions)
    {
        Score(owner, rows, predictions);
        Model.Objective.Transform(predictions, Model.Width);
    }

    /// <summary>Writes the numbers of the leaves that rows end in, one column a tree.</summary>
    public void FindLeaves(Estimator owner, FeatureBatch rows, OutputSlice output)
    {
        using var encoded = codes?.Encode(owner, rows);
        Model.FindLeaves(encoded ?? rows, output);
    }

    /// <summary>The position of the first largest number.</summary>
    public static int Largest(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        return best;
    }

    private static XGBoostModelReader ReaderOf(EstimatorState booster, EstimatorState wrapper) => new(
        booster.BoosterErrors,
        booster.Value("_document") as DocumentObject ?? BoosterDocument.Read(booster.Required("handle") as byte[]
            ?? throw booster.Fail($"its attribute 'handle' is {PythonType.NameOf(booster.Value("handle"))}, expected bytes")))
    {
        ParallelTrees = ParallelTrees(booster) ?? ParallelTrees(wrapper),
        OutsideNames = EstimatorState.ItemsOf(booster.Value("feature_names")) is { } names && names.All(name => name is string) ? [.. names.Cast<string>()] : null,
    };

    // 'best_ntree_limit' counts the trees of the rounds up to the best one.
    private static int? ParallelTrees(EstimatorState state) =>
        state.OptionalInteger("best_ntree_limit") is { } trees && state.OptionalInteger("best_iteration") is { } best and < int.MaxValue ? trees / (best + 1) : null;

    // Where XGBoost copies rows first, even for trees, it refuses those beyond float32.
    private static InputRule RuleOf(XGBoostModel model, bool copiesRows) =>
        model.Categories is not null ? InputRule.Anything : copiesRows || !model.TakesInfinity ? FiniteOrMissing : AnyNumber;
}
