namespace Flama.Sklearn.Ensemble;

/// <summary>A final classifier on top of the answers of others, which <c>transform</c> gives.</summary>
/// <remarks>
/// The methods are those of the final classifier. It was trained with numbered labels; with several outputs <c>predict_proba</c> gives the first column of
/// each, as Python does. Source: sklearn.ensemble._stacking, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class StackingClassifier : MetaClassifier
{
    private readonly StackedColumns columns;
    private readonly Estimator final;
    private readonly MemberMethod prediction;

    public StackingClassifier(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"), state.LabelsPerOutput("classes_"))
    {
        columns = new StackedColumns(state, this, Group, ClassesPerOutput.Count > 1 ? ClassesPerOutput.Count : Classes.Count);
        final = state.Estimator("final_estimator_");
        prediction = new MemberMethod(state, final, Method.Predict).WithWidth(state, ClassesPerOutput.Count);
        Check(state);
        Method[] own = [Method.Predict, Method.PredictProba, Method.DecisionFunction];
        Methods = [.. own.Where(method => final.Has(method) && (method != Method.PredictProba || !TakesFirstColumns || HasParts)), Method.Transform];
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override bool TakesSparse => base.TakesSparse && columns.TakesSparse;

    public override bool IsRowwise => base.IsRowwise && final.IsRowwise;

    private bool TakesFirstColumns => ClassesPerOutput.Count > 1;

    // Where the final classifier gives one array for all outputs, Python fails.
    private bool HasParts => final.Shape(Method.PredictProba, null).Parts.Count == ClassesPerOutput.Count;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method switch
    {
        Method.Transform => OutputShape.Numbers(columns.Width),
        Method.Predict => base.Shape(method, input),
        Method.PredictProba when TakesFirstColumns => OutputShape.Numbers(ClassesPerOutput.Count),
        _ => final.Shape(method, null),
    };

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Transform)
        {
            columns.Write(input, output);
            return;
        }

        using var stacked = columns.Compute(input);
        if (method == Method.Predict)
        {
            prediction.Run(stacked, output);
        }
        else if (method == Method.PredictProba && TakesFirstColumns)
        {
            FirstColumns(stacked, output);
        }
        else
        {
            final.Run(method, stacked, output);
        }
    }

    private void Check(EstimatorState state)
    {
        if (final.FeatureCount is { } features && features != columns.Width)
        {
            throw state.Fail($"its final estimator takes {features} features and is given {columns.Width}");
        }

        if (!TakesFirstColumns)
        {
            prediction.WithClasses(state, Classes.Count);
        }
    }

    private void FirstColumns(FeatureBatch stacked, OutputSlice output)
    {
        var shape = final.Shape(Method.PredictProba, null);
        using var scratch = new Scratch(stacked.Rows * shape.Width);
        var all = new OutputSlice(scratch.Span, shape.Width);
        final.Run(Method.PredictProba, stacked, all);
        for (var row = 0; row < output.Rows; row++)
        {
            var start = 0;
            for (var i = 0; i < shape.Parts.Count; i++)
            {
                output[row, i] = all[row, start];
                start += shape.Parts[i].Width;
            }
        }
    }
}
