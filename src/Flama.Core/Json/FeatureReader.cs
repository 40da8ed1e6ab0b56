namespace Flama.Json;

/// <summary>Reads rows in JSON into a <see cref="FeatureBatch"/>, checked against what a model takes.</summary>
/// <remarks>
/// Rows are lists by position or objects by feature name, all in the same form. Cells:
/// <list type="bullet">
/// <item><c>null</c> becomes <see cref="FeatureBatch.Null"/> and <c>NaN</c> plain NaN, both only where the feature allows missing values;</item>
/// <item>booleans are 0 and 1; integers of any length become the nearest float64; numbers outside float64 are a problem;</item>
/// <item>text is kept where the feature takes text, and read as Python's <c>float()</c> does where the feature parses text;</item>
/// <item>what comes for a feature that the model never looks at is kept when it is a number and else becomes <see cref="FeatureBatch.Null"/>;</item>
/// <item>records (<see cref="RowForm.Record"/>) make one column per name, in order of appearance; a name that a row lacks is
/// <see cref="FeatureBatch.Null"/> there, and a <c>null</c> written out is plain NaN;</item>
/// <item>lists (<see cref="RowForm.List"/>) make as many columns as the longest has cells; shorter ones end in <see cref="FeatureBatch.Null"/>.</item>
/// </list>
/// </remarks>
public sealed class FeatureReader : InputReader
{
    private readonly RowPlan plan;

    /// <summary>Makes the reader of a method's rows.</summary>
    /// <param name="spec">The rows that the method takes.</param>
    public FeatureReader(TableSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        plan = new RowPlan(spec);
    }

    private protected override string Expected => "a list of rows: [[…], …]";

    private protected override string ExpectedRequest => "an object with the rows: {\"input\": [[…], …]}";

    /// <inheritdoc cref="InputReader.ReadRequest(ReadOnlySpan{byte})"/>
    public new FeatureBatch ReadRequest(ReadOnlySpan<byte> json) => (FeatureBatch)base.ReadRequest(json);

    /// <summary>Reads a bare list of rows, or an object with the rows in <c>input</c>.</summary>
    /// <inheritdoc cref="InputReader.ReadRequest(ReadOnlySpan{byte})"/>
    public FeatureBatch ReadRows(ReadOnlySpan<byte> json) => (FeatureBatch)ReadValue(json);

    private protected override FeatureBatch Parse(ReadOnlySpan<byte> strict, ReadOnlySpan<byte> original, InputSubject subject, bool allowsBareValue)
    {
        var rows = new RowReader(strict, original, plan, subject);
        try
        {
            return rows.Read(allowsBareValue);
        }
        catch
        {
            rows.Abandon();
            throw;
        }
    }
}
