using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>The column that stands for one feature: its category's number, or the value that training gave to that number.</summary>
/// <param name="category">The feature's categories.</param>
/// <param name="name">The column's name.</param>
/// <param name="values">The value of each number; null for the number itself.</param>
internal sealed class ValueColumn(CategoryColumn category, string name, CellMap? values) : FrameColumns([name])
{
    public override bool TakesMissing(bool downstream) => category.TakesMissing;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => category.Describe(columns);

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        var code = category.CodeOf(owner, input, row);
        if (values is not null)
        {
            values.TryFind(null, code, out code);
        }

        output[0, 0] = code;
    }
}
