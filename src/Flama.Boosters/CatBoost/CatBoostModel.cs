using System.Numerics;

namespace Flama.Boosters.CatBoost;

/// <summary>A CatBoost model: features, bins, trees. Immutable and thread-safe.</summary>
/// <remarks>
/// Rows together become a few bytes each, the bins: how many borders a number is above, whether a category is the one asked for. Trees ask only those. A row alone
/// becomes the answers themselves. Numbers are compared in float32, leaves summed in float64 tree by tree, so that both give the same. Source: CatBoost's description of its models, checked
/// against 1.0.6, 1.1.1 and 1.2.10.
/// </remarks>
internal sealed class CatBoostModel
{
    private const int BlockRows = 128;

    private readonly BinLayout layout;
    private readonly ICatBoostTrees trees;
    private readonly double scale;
    private readonly double[] bias;

    /// <summary>Checks and takes a model.</summary>
    /// <exception cref="FlamaException">It contradicts itself.</exception>
    public CatBoostModel(CatBoostContent content, BoosterErrors errors)
    {
        Width = content.Width is >= 1 and <= CatBoostContent.MaxWidth ? content.Width : throw errors.Fail($"it has {content.Width} outputs");
        scale = content.Scale;
        bias = content.Bias.Length == Width ? content.Bias : throw errors.Fail($"it has {Width} outputs and {content.Bias.Length} biases");
        Columns = new(content, errors);
        (layout, var questions) = BinLayoutBuilder.Build(content, errors);
        trees = content.Trees.Roots.Length > 0
            ? new NestedTrees(content.Trees, questions, Width, errors)
            : new SymmetricTrees(content.Trees, questions, Width, errors);
        Info = new(content.Info, errors);
    }

    /// <summary>How many numbers it gives per row.</summary>
    public int Width { get; }

    /// <summary>What it takes.</summary>
    public CatBoostColumns Columns { get; }

    /// <summary>What the file tells about the training.</summary>
    public CatBoostInfo Info { get; }

    /// <summary>Whether it looks at categories.</summary>
    public bool LooksAtCategories => layout.Categories.Length > 0;

    /// <summary>Computes the raw numbers, <c>RawFormulaVal</c>.</summary>
    /// <param name="owner">Whose rows they are, for errors.</param>
    /// <param name="input">Dense rows of all columns; a missing number is NaN.</param>
    /// <param name="output">Row-major, <see cref="Width"/> per row.</param>
    /// <exception cref="FlamaException">A cell is not what its column takes.</exception>
    public void Score(IRowOwner owner, FeatureBatch input, Span<double> output)
    {
        output.Clear();
        var rows = new BinRows(layout, owner, input);
        if (input.Rows == 1)
        {
            ScoreOne(rows, output);
        }
        else
        {
            for (var first = 0; first < input.Rows; first += BlockRows)
            {
                var count = Math.Min(BlockRows, input.Rows - first);
                ScoreBlock(rows, first, count, output.Slice(first * Width, count * Width));
            }
        }

        for (var i = 0; i < output.Length; i++)
        {
            output[i] = (scale * output[i]) + bias[Width == 1 ? 0 : i % Width];
        }
    }

    private void ScoreOne(BinRows rows, Span<double> output)
    {
        var answers = BufferPool<byte>.Rent(layout.Answers);
        rows.Answer(0, answers);
        trees.AddOne(answers, output);
        BufferPool<byte>.Return(answers);
    }

    private void ScoreBlock(BinRows rows, int first, int count, Span<double> output)
    {
        var stride = (count + Vector<byte>.Count - 1) / Vector<byte>.Count * Vector<byte>.Count;
        var bins = BufferPool<byte>.Rent(checked(layout.Count * stride));
        rows.Fill(first, count, stride, bins);
        trees.Add(bins, stride, count, output);
        BufferPool<byte>.Return(bins);
    }
}
