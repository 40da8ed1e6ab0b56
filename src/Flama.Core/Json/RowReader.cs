using System.Text.Json;

namespace Flama.Json;

/// <summary>
/// One pass over one JSON text: finds the rows, checks each cell against the plan and fills a batch. After the first problem no row is
/// kept any more and the rest is read only to count what is wrong.
/// </summary>
/// <remarks>
/// The text may have stand-ins of the same length for Python's bare words (<c>NaN</c>, <c>Infinity</c>); where a number token differs
/// from the original text, the original says what it is.
/// </remarks>
internal ref partial struct RowReader
{
    private const int WideRow = 1024;
    private const int FirstRows = 4;

    // From here on the length of the text tells how many rows there will be.
    private const int EnoughRows = 1024;

    // A batch of more cells than bytes is possible where rows leave features out; this many are always fine: 128 MiB, or a sixteenth of a small heap.
    private static readonly int AlwaysAllowedCells =
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (16 * sizeof(double)), 1 << 16, 1 << 24);

    private readonly ReadOnlySpan<byte> original;
    private readonly bool hasStandIns;
    private readonly RowPlan initialPlan;
    private readonly InputSubject subject;
    private Utf8JsonReader reader;
    private RowPlan plan;
    private FeatureBatch? batch;
    private InputProblems? problems;
    private Span<double> cells;
    private int row;

    public RowReader(ReadOnlySpan<byte> strict, ReadOnlySpan<byte> original, RowPlan plan, InputSubject subject)
    {
        this.original = original;
        hasStandIns = strict != original;
        initialPlan = plan;
        this.plan = plan;
        this.subject = subject;
        reader = new Utf8JsonReader(strict, new JsonReaderOptions { MaxDepth = JsonFault.MaxDepth });
    }

    /// <summary>Reads the whole text.</summary>
    /// <param name="allowsBareRows">Whether the rows may come without the object around them.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="FlamaException">The rows are not what the model takes.</exception>
    public FeatureBatch Read(bool allowsBareRows)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadDocument(allowsBareRows);
        }
        else if (reader.TokenType == JsonTokenType.StartArray && allowsBareRows)
        {
            ReadInput();
        }
        else
        {
            Problem(ProblemTypes.NotAnObject, $"The {subject} is {Describe()}, expected an object with the rows: {{\"input\": [[…], …]}}.");
            reader.Skip();
        }

        // A second document after the first one is not JSON; the reader says so.
        reader.Read();
        return problems is null ? batch! : throw problems.ToException();
    }

    /// <summary>Gives the batch back after a failure.</summary>
    public void Abandon()
    {
        batch?.Dispose();
        batch = null;
    }

    private void ReadDocument(bool allowsBareRows)
    {
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (NamesInput())
            {
                found = true;
                Restart();
                reader.Read();
                ReadInput();
            }
            else
            {
                reader.Skip();
            }
        }

        if (!found)
        {
            Problem(
                ProblemTypes.MissingInput,
                allowsBareRows
                    ? $"The {subject} is an object without 'input', expected a list of rows: [[…], …]."
                    : $"The {subject} has no 'input', expected an object with the rows: {{\"input\": [[…], …]}}.");
        }
    }

    private readonly bool NamesInput()
    {
        try
        {
            return reader.ValueTextEquals("input"u8);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: some other name, which is not read.
            return false;
        }
    }

    // Of several members of the same name the last one counts, as in every JSON reader of Python.
    private void Restart()
    {
        Abandon();
        problems = null;
        plan = initialPlan;
        row = 0;
    }

    private void ReadInput()
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Problem(ProblemTypes.NotAList, $"The input is {Describe()}, expected a list of rows: [[…], …].");
            reader.Skip();
            return;
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            Problem(ProblemTypes.Empty, "The input is an empty list, expected at least one row.");
            return;
        }

        switch (plan.Form)
        {
            case RowForm.Record:
                ReadRecords();
                break;
            case RowForm.List:
                ReadLists();
                break;
            case RowForm.Cells when reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject):
                ReadFlat();
                break;
            default:
                ReadRows();
                break;
        }
    }

    private void StartRow()
    {
        if (problems is not null)
        {
            return;
        }

        batch ??= FeatureBatch.RentEmpty(plan.Columns, plan.Columns > WideRow ? 1 : FirstRows, plan.Names);
        var mostCells = Math.Max(AlwaysAllowedCells, original.Length);
        if ((batch.Rows + 1L) * plan.Columns > mostCells)
        {
            throw new FlamaException(
                ErrorCodes.InputTooLarge,
                $"The input has more than {batch.Rows} rows, and {batch.Rows} rows of {plan.Columns} features are as many as fit.",
                "Send fewer rows at a time.");
        }

        if (batch.Rows >= EnoughRows && !batch.HasRoom)
        {
            batch.Reserve((int)Math.Min(EstimateRows(batch.Rows), mostCells / plan.Columns));
        }

        cells = batch.WritableRow(batch.AddRow());
    }

    // As many for each byte as so far, and some more: growing would hold the cells twice.
    private readonly long EstimateRows(int rows) =>
        Math.Max((long)(1.03 * rows * original.Length / Math.Max(1, reader.BytesConsumed)), rows + (rows / 8)) + 1;
}
