using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>The mean of the members' predictions; a member may look at some columns only.</summary>
/// <remarks>The members check the cells. Source: sklearn.ensemble._bagging, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class BaggingRegressor : EnsembleRegressor
{
    private readonly BaggedMembers bag;
    private readonly MemberMethod[] methods;
    private readonly bool isFloat32;

    public BaggingRegressor(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"))
    {
        bag = new BaggedMembers(state, Members, FeatureCount);
        methods = [.. bag.Members.Select(member => new MemberMethod(state, member, Method.Predict))];
        foreach (var method in methods)
        {
            method.WithWidth(state, methods[0].Width);
        }

        isFloat32 = Array.TrueForAll(methods, method => method.GivesFloat32);
    }

    public override bool TakesSparse => bag.TakesSparse;

    public override bool GivesFloat32(Method method) => isFloat32;

    public override OutputShape Shape(Method method, FeatureBatch? input) => methods[0].Shape;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => bag.Describe(columns, downstream);

    public override int? ColumnsOf(Method method) => FeatureCount;

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * output.Columns);
        var values = new OutputSlice(scratch.Span, output.Columns);
        RowSums.Clear(output);
        for (var i = 0; i < methods.Length; i++)
        {
            bag.Run(i, methods[i], input, values);
            RowSums.Add(output, values);
            RoundWhereFloat32(output);
        }

        RowSums.Divide(output, methods.Length);
        RoundWhereFloat32(output);
    }

    private void RoundWhereFloat32(OutputSlice output)
    {
        if (isFloat32)
        {
            RowSums.Round(output);
        }
    }
}
