using Flama.Sklearn.Numerics;
using Flama.Sklearn.Tree;

namespace Flama.Sklearn.Ensemble;

/// <summary>One column a leaf of each tree, 1 where the row ends in that leaf and 0 elsewhere.</summary>
/// <remarks>
/// Cells are rounded to float32. <c>apply</c> gives the number of the leaf in each tree. Source: sklearn.ensemble._forest, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class RandomTreesEmbedding : Transformer
{
    private static readonly Method[] All = [Method.Transform, Method.Apply];

    private readonly TreeModel model;
    private readonly Dictionary<int, int>[] columns;
    private readonly int width;

    public RandomTreesEmbedding(EstimatorState state)
        : base(state)
    {
        model = ForestTrees.ReadRegressor(state, FeatureCount ?? throw state.Fail("it does not say how many features it takes"));
        GivesSparse = state.Flag("sparse_output", true);
        var encoder = state.Part(state.Required("one_hot_encoder_"), "one_hot_encoder_");
        var categories = encoder.List("categories_");
        if (categories.Count != model.Trees.Count)
        {
            throw state.Fail($"its encoder knows {categories.Count} trees, of which there are {model.Trees.Count}");
        }

        columns = new Dictionary<int, int>[categories.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = [];
            foreach (var leaf in encoder.AsIntegers(categories[i], $"categories_[{i}]"))
            {
                columns[i].TryAdd(leaf, width++);
            }
        }
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => model.Input;

    public override bool TakesSparse => true;

    public override bool GivesSparse { get; }

    public override int Width(int columns) => width;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.Apply ? model.Leaves : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Apply)
        {
            model.Trees.Apply(input, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * columns.Length);
        var leaves = new OutputSlice(scratch.Span, columns.Length);
        model.Trees.Apply(input, leaves);
        RowSums.Clear(output);
        for (var row = 0; row < input.Rows; row++)
        {
            for (var tree = 0; tree < columns.Length; tree++)
            {
                output[row, ColumnOf(input, row, tree, leaves)] = 1;
            }
        }
    }

    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        using var scratch = new Scratch(input.Rows * columns.Length);
        var leaves = new OutputSlice(scratch.Span, columns.Length);
        model.Trees.Apply(input, leaves);
        var rows = new SparseRows(width, input.Rows);
        try
        {
            for (var row = 0; row < input.Rows; row++)
            {
                for (var tree = 0; tree < columns.Length; tree++)
                {
                    rows.Add(ColumnOf(input, row, tree, leaves), 1);
                }

                rows.EndRow();
            }

            return FeatureBatch.OfSparse(rows, input.FirstRow);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    private int ColumnOf(FeatureBatch input, int row, int tree, OutputSlice leaves) => columns[tree].TryGetValue((int)leaves[row, tree], out var column)
        ? column
        : throw InputCheck.Problem(new InputProblem(
            "unknown_category",
            $"Row {input.FirstRow + row} ends in leaf {leaves[row, tree]} of tree {tree}, which no row of training did ({Name}).",
            input.FirstRow + row));
}
