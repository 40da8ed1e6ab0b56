using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>The columns that stand for one feature: a row of numbers for each category.</summary>
/// <param name="category">The feature's categories.</param>
/// <param name="rows">The row of each category's number.</param>
/// <param name="replace">What is looked up for a category's number.</param>
/// <param name="absent">What all columns get where there is no row, given the number looked up.</param>
internal sealed class CodeColumns(CategoryColumn category, CodeRows rows, Func<double, double>? replace = null, Func<double, double>? absent = null)
    : FrameColumns(rows.Names)
{
    public override bool TakesMissing(bool downstream) => category.TakesMissing;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => category.Describe(columns);

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        var code = category.CodeOf(owner, input, row);
        code = replace?.Invoke(code) ?? code;
        if (!rows.TryWrite(code, output))
        {
            output.Row(0).Fill(absent?.Invoke(code) ?? double.NaN);
        }
    }
}
