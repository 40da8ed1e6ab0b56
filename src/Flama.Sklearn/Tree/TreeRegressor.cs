namespace Flama.Sklearn.Tree;

/// <summary>A regressor whose prediction is the mean of its trees' leaf values: a single tree or a forest.</summary>
/// <remarks><c>apply</c> gives the number of the leaf in each tree.</remarks>
internal abstract class TreeRegressor : Regressor
{
    private static readonly Method[] All = [Method.Predict, Method.Apply];

    private readonly TreeModel model;

    /// <summary>Takes the trees over.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="read">Reads the trees that belong to it.</param>
    protected TreeRegressor(EstimatorState state, Func<EstimatorState, int, TreeModel> read)
        : base(state)
    {
        model = read(state, FeatureCount ?? throw state.Fail("it does not say how many features it takes"));
        Outputs = model.Trees.Width == 1 ? null : model.Trees.Width;
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => model.Input;

    public override bool TakesSparse => true;

    protected override int? Outputs { get; }

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.Apply ? model.Leaves : base.Shape(method, input);

    protected override void Predict(FeatureBatch input, OutputSlice output) => model.Average(input, output);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Apply)
        {
            model.Trees.Apply(input, output);
            return;
        }

        base.Compute(method, input, output);
    }
}
