using Flama.Sklearn.KernelApproximation;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>Latent Dirichlet allocation: the share of each topic in a row of word counts, by variational inference with the topics fixed.</summary>
/// <remarks>
/// The rounds, their stopping rule and the approximation of the digamma function are scikit-learn's. Negative and missing values are refused. Source:
/// sklearn.decomposition._lda, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LatentDirichletAllocation : Transformer
{
    private const double Epsilon = 2.220446049250313e-16;

    private readonly Matrix words;
    private readonly double prior;
    private readonly double tolerance;
    private readonly int rounds;

    public LatentDirichletAllocation(EstimatorState state)
        : base(state)
    {
        var topics = FeatureCount is { } features ? state.Matrix("exp_dirichlet_component_", features) : state.Matrix("exp_dirichlet_component_");
        FeatureCount ??= topics.Columns;
        if (topics.Rows == 0)
        {
            throw state.Fail("it has no topics");
        }

        words = topics.Transpose();
        prior = state.Number("doc_topic_prior_");
        tolerance = state.Number("mean_change_tol", 1e-3);
        rounds = state.Integer("max_doc_update_iter", 100);
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => true;

    public override int Width(int columns) => words.Columns;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        NonNegative.Check(this, input);
        using var scratch = new Scratch(2 * words.Columns);
        var columns = new List<int>();
        var counts = new List<double>();
        for (var row = 0; row < output.Rows; row++)
        {
            Collect(input, row, columns, counts);
            Infer(columns, counts, scratch.Span[..words.Columns], scratch.Span[words.Columns..], output.Row(row));
        }
    }

    private static void Collect(FeatureBatch input, int row, List<int> columns, List<double> counts)
    {
        columns.Clear();
        counts.Clear();
        if (input.Sparse is { } sparse)
        {
            columns.AddRange(sparse.ColumnsOf(row));
            counts.AddRange((ReadOnlySpan<double>)sparse.ValuesOf(row));
            return;
        }

        var values = input.Row(row);
        for (var column = 0; column < values.Length; column++)
        {
            if (values[column] != 0)
            {
                columns.Add(column);
                counts.Add(values[column]);
            }
        }
    }

    private void Infer(List<int> columns, List<double> counts, Span<double> exponentials, Span<double> next, Span<double> topics)
    {
        topics.Fill(1);
        exponentials.Fill(Math.Exp(Digamma.Of(1) - Digamma.Of(topics.Length)));
        for (var round = 0; round < rounds; round++)
        {
            next.Clear();
            for (var i = 0; i < columns.Count; i++)
            {
                var weights = words.Row(columns[i]);
                var share = counts[i] / (DotProduct.Of(exponentials, weights) + Epsilon);
                for (var topic = 0; topic < next.Length; topic++)
                {
                    next[topic] += share * weights[topic];
                }
            }

            var change = 0.0;
            var total = 0.0;
            for (var topic = 0; topic < next.Length; topic++)
            {
                next[topic] = (exponentials[topic] * next[topic]) + prior;
                total += next[topic];
                change += Math.Abs(next[topic] - topics[topic]);
            }

            next.CopyTo(topics);
            var digamma = Digamma.Of(total);
            for (var topic = 0; topic < topics.Length; topic++)
            {
                exponentials[topic] = Math.Exp(Digamma.Of(topics[topic]) - digamma);
            }

            if (change / topics.Length < tolerance)
            {
                break;
            }
        }

        Softmax.Normalize(topics);
    }
}
