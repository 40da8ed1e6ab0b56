using Flama.Json;
using Flama.Sklearn.FeatureExtraction.Patterns;
using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction;

/// <summary>A transformer that turns texts into sparse rows: one text a row.</summary>
internal abstract class TextVectorizer : SparseTransformer
{
    private readonly bool isBinary;
    private readonly bool isFloat32;

    protected TextVectorizer(EstimatorState state)
        : base(state)
    {
        Analyzer = new TextAnalyzer(state);
        isBinary = state.Flag("binary", false);
        isFloat32 = NumberType.IsFloat32(state);
        FeatureCount = 1;
    }

    public override InputRule Input => InputRule.Anything;

    public override RowForm RowForm => RowForm.Document;

    /// <summary>What cuts texts into terms.</summary>
    protected TextAnalyzer Analyzer { get; }

    /// <summary>Whether stop words are left out by the subclass.</summary>
    protected virtual bool KeepsStopWords => false;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var column in columns)
        {
            column.UseAsText();
        }
    }

    /// <summary>Makes what takes the terms of each text and adds them to the sums.</summary>
    protected abstract TermSink SinkInto(TermCounts sums);

    /// <summary>Weighs the values of a finished row.</summary>
    protected abstract void Weigh(ReadOnlySpan<int> columns, Span<double> values);

    protected override void Fill(FeatureBatch input, SparseRows rows)
    {
        var scratch = Analyzer.Rent();
        var sink = SinkInto(scratch.Counts);
        for (var row = 0; row < input.Rows; row++)
        {
            scratch.Counts.Clear();
            Analyze(input, row, scratch, sink);
            if (isBinary)
            {
                scratch.Counts.Values.Fill(1);
            }

            Weigh(scratch.Counts.Columns, scratch.Counts.Values);
            var columns = scratch.Counts.Columns;
            var values = scratch.Counts.Values;
            for (var i = 0; i < columns.Length; i++)
            {
                rows.Add(columns[i], isFloat32 ? (float)values[i] : values[i]);
            }

            rows.EndRow();
        }

        Analyzer.Return(scratch);
    }

    private void Analyze(FeatureBatch input, int row, AnalysisScratch scratch, TermSink sink)
    {
        var text = input.TextAt(row, 0) ?? throw InputCheck.CellProblem(
            this, input, row, 0, ProblemTypes.NotText, $"{Name} needs a text and found {(double.IsNaN(input.Row(row)[0]) ? "no value" : Scalar.Of(input.Row(row)[0]))}");
        try
        {
            Analyzer.Analyze(text, scratch, sink, KeepsStopWords);
        }
        catch (PatternException exception)
        {
            throw new FlamaException(
                ErrorCodes.InputTooLarge,
                $"Row {input.FirstRow + row}: the text cannot be cut into words by the model's token pattern: {exception.Message}.",
                "Send a shorter text.");
        }
    }
}
