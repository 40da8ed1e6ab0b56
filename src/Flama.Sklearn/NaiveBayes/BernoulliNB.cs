using Flama.Sklearn.LinearModel;

namespace Flama.Sklearn.NaiveBayes;

/// <summary>
/// Naive Bayes on yes and no: with q = ln(1 − e^p) of the log probabilities p, X·(p − q)ᵀ + class_log_prior_ + Σ q. Cells above <c>binarize</c> count as 1, the
/// others as 0; where it is None they count as they are.
/// </summary>
/// <remarks>Missing values are refused. Source: sklearn.naive_bayes, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class BernoulliNB : BayesClassifier
{
    private readonly LinearMap map;
    private readonly double? threshold;

    public BernoulliNB(EstimatorState state)
        : base(state)
    {
        FeatureCount ??= state.Matrix("feature_log_prob_").Columns;
        var yes = state.Matrix("feature_log_prob_", Classes.Count, FeatureCount.Value);
        var constants = state.Vector("class_log_prior_", Classes.Count);
        var weights = new double[yes.Values.Length];
        for (var c = 0; c < yes.Rows; c++)
        {
            var sum = 0.0;
            for (var i = 0; i < yes.Columns; i++)
            {
                var no = Math.Log(1 - Math.Exp(yes[c, i]));
                weights[(c * yes.Columns) + i] = yes[c, i] - no;
                sum += no;
            }

            constants[c] += sum;
        }

        map = new LinearMap(new Matrix(weights, yes.Rows, yes.Columns), constants);
        threshold = state.Value("binarize") is null ? null : state.Number("binarize");
    }

    // Below 0 the zeros count as 1; scikit-learn refuses sparse rows then.
    public override bool TakesSparse => threshold is null or >= 0;

    protected override void JointLogLikelihood(FeatureBatch input, OutputSlice output)
    {
        if (threshold is not { } limit)
        {
            map.Apply(input, output);
            return;
        }

        using var flags = input.Sparse is { } rows ? Binarize(rows, limit) : Binarize(input, limit);
        map.Apply(flags, output);
    }

    private static FeatureBatch Binarize(FeatureBatch input, double limit)
    {
        var flags = FeatureBatch.RentLike(input);
        var target = flags.WritableNumbers;
        var source = input.Numbers;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = source[i] > limit ? 1 : 0;
        }

        return flags;
    }

    private static FeatureBatch Binarize(SparseRows input, double limit)
    {
        var flags = new SparseRows(input.Columns, input.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            var columns = input.ColumnsOf(row);
            var values = input.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                if (values[i] > limit)
                {
                    flags.Add(columns[i], 1);
                }
            }

            flags.EndRow();
        }

        return FeatureBatch.OfSparse(flags);
    }
}
