using System.Buffers;
using System.Text.Json;

namespace Flama.Json;

/// <summary>Reads rows in JSON into a <see cref="FeatureBatch"/>, checked against what a model takes.</summary>
/// <remarks>
/// Rows are lists by position or objects by feature name, all in the same form. Each text is read in one pass without a document model;
/// buffers come from pools. Encodings are found as Python does (UTF-8, UTF-16, UTF-32, with or without byte order mark), and Python's
/// bare words <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> are numbers. Cells:
/// <list type="bullet">
/// <item><c>null</c> becomes <see cref="FeatureBatch.Null"/> and <c>NaN</c> plain NaN, both only where the feature allows missing values;</item>
/// <item>booleans are 0 and 1; integers of any length become the nearest float64; numbers outside float64 are a problem;</item>
/// <item>text is kept where the feature takes text, and read as Python's <c>float()</c> does where the feature parses text;</item>
/// <item>what comes for a feature that the model never looks at is kept when it is a number and else becomes <see cref="FeatureBatch.Null"/>;</item>
/// <item>records (<see cref="RowForm.Record"/>) make one column a name, in order of appearance; a name that a row lacks is
/// <see cref="FeatureBatch.Null"/> there, and a <c>null</c> written out is plain NaN;</item>
/// <item>lists (<see cref="RowForm.List"/>) make as many columns as the longest has cells; shorter ones end in <see cref="FeatureBatch.Null"/>.</item>
/// </list>
/// One bad cell refuses the whole input. Immutable and thread-safe; make one for a model and keep it.
/// </remarks>
public sealed class FeatureReader
{
    private const string RequestSubject = "body";
    private const string RowsSubject = "input";

    private readonly RowPlan plan;

    /// <summary>Makes the reader of a model's input.</summary>
    /// <param name="signature">What rows the model takes.</param>
    public FeatureReader(ModelSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        plan = new RowPlan(signature);
    }

    /// <summary>Reads a request: an object with the rows in <c>input</c>. Other members are ignored; of several <c>input</c> the last counts.</summary>
    /// <param name="json">The whole text.</param>
    /// <returns>A new batch; the caller disposes it.</returns>
    /// <exception cref="FlamaException">
    /// The text is not JSON (<see cref="ErrorCodes.MalformedJson"/>, with line and byte counted from 1), the rows are not what the model
    /// takes (<see cref="ErrorCodes.InvalidInput"/>, with the first problems), or they need too much memory
    /// (<see cref="ErrorCodes.InputTooLarge"/>).
    /// </exception>
    public FeatureBatch ReadRequest(ReadOnlySpan<byte> json) => Read(json, RequestSubject, allowsBareRows: false);

    /// <inheritdoc cref="ReadRequest(ReadOnlySpan{byte})"/>
    public FeatureBatch ReadRequest(in ReadOnlySequence<byte> json) => Read(json, RequestSubject, allowsBareRows: false);

    /// <summary>Reads a bare list of rows, or an object with the rows in <c>input</c>.</summary>
    /// <inheritdoc cref="ReadRequest(ReadOnlySpan{byte})"/>
    public FeatureBatch ReadRows(ReadOnlySpan<byte> json) => Read(json, RowsSubject, allowsBareRows: true);

    /// <inheritdoc cref="ReadRows(ReadOnlySpan{byte})"/>
    public FeatureBatch ReadRows(in ReadOnlySequence<byte> json) => Read(json, RowsSubject, allowsBareRows: true);

    private FeatureBatch Read(in ReadOnlySequence<byte> json, string subject, bool allowsBareRows)
    {
        if (json.IsSingleSegment)
        {
            return Read(json.FirstSpan, subject, allowsBareRows);
        }

        var length = checked((int)json.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            json.CopyTo(rented);
            return Read(rented.AsSpan(0, length), subject, allowsBareRows);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private FeatureBatch Read(ReadOnlySpan<byte> json, string subject, bool allowsBareRows)
    {
        var utf8 = JsonText.ToUtf8(json, subject);
        try
        {
            return Parse(utf8, utf8, subject, allowsBareRows);
        }
        catch (JsonException found)
        {
            if (utf8.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                throw JsonFault.Empty(subject, allowsBareRows ? "a list of rows: [[…], …]" : "an object with the rows: {\"input\": [[…], …]}");
            }

            if (!PythonJson.HasConstants(utf8))
            {
                throw JsonFault.Of(utf8, found, subject);
            }
        }

        return ReadWithConstants(utf8, subject, allowsBareRows);
    }

    // Each bare word is replaced by a number of the same length, so that every position stays what it was.
    private FeatureBatch ReadWithConstants(ReadOnlySpan<byte> utf8, string subject, bool allowsBareRows)
    {
        var strict = PythonJson.ReplaceConstants(utf8, "1e1"u8, "1e000001"u8, "-1e000001"u8);
        try
        {
            return Parse(strict, utf8, subject, allowsBareRows);
        }
        catch (JsonException found)
        {
            throw JsonFault.Of(utf8, found, subject);
        }
    }

    private FeatureBatch Parse(ReadOnlySpan<byte> strict, ReadOnlySpan<byte> original, string subject, bool allowsBareRows)
    {
        var rows = new RowReader(strict, original, plan, subject);
        try
        {
            return rows.Read(allowsBareRows);
        }
        catch
        {
            rows.Abandon();
            throw;
        }
    }
}
