using Flama.Json;

namespace Flama.Sklearn.Frames;

/// <summary>A column that comes out as it went in.</summary>
/// <param name="source">Its position among the features.</param>
/// <param name="name">Its name.</param>
/// <param name="mayBeText">Whether strings may be in it.</param>
internal sealed class PassedColumn(int source, string name, bool mayBeText = true) : FrameColumns([name])
{
    public override bool GivesText(FeatureBatch? input) => mayBeText && input is { IsNumeric: false };

    public override IEnumerable<int> Origins => [source];

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        if (mayBeText)
        {
            columns[source].UseAsIs(downstream);
        }
        else
        {
            columns[source].UseAsNumber(parsesText: false, takesMissing: downstream, takesInfinity: downstream);
        }
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        if (input.TextAt(row, source) is { } text)
        {
            if (!mayBeText)
            {
                throw InputCheck.CellProblem(
                    owner, input, row, source, ProblemTypes.NotANumber, $"{owner.Name} needs a number and found the string \"{InputCheck.Shorten(text)}\"");
            }

            output.SetText(0, 0, text);
        }

        output[0, 0] = input.Row(row)[source];
    }
}
