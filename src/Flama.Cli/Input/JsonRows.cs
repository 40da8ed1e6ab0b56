namespace Flama.Cli.Input;

/// <summary>The elements of one JSON list, without holding the whole list.</summary>
internal sealed class JsonRows(InputBuffer input, TableSpec signature) : RowSource(input)
{
    private readonly bool wraps = TakesSingleValues(signature);
    private long row;
    private State state;

    private enum State
    {
        Start,
        Element,
        End,
    }

    /// <inheritdoc/>
    public override string PlaceName => "Row";

    /// <inheritdoc/>
    public override void Read(RowChunk chunk)
    {
        if (state == State.Start)
        {
            Open();
        }

        while (state == State.Element && !chunk.IsFull)
        {
            ReadElement(chunk);
        }

        if (state == State.End && chunk.Count == 0)
        {
            CheckEnd();
        }
    }

    private void Open()
    {
        Input.Consume(Input.Window.StartsWith("\uFEFF"u8) ? 3 : 0);
        SkipSpaces();
        Input.Consume(1);
        SkipSpaces();
        if (Input.Window is [(byte)']', ..])
        {
            Input.Consume(1);
            state = State.End;
        }
        else
        {
            state = State.Element;
        }
    }

    private void ReadElement(RowChunk chunk)
    {
        int end;
        while ((end = JsonScan.EndOfValue(Input.Window, isWhole: false)) < 0)
        {
            if (!Input.Fill())
            {
                throw Malformed($"it ends in row {row}, and the list is not closed");
            }
        }

        var text = Input.Window[..end].Trim(JsonScan.Spaces);
        if (text.IsEmpty)
        {
            throw Malformed($"row {row} is missing: nothing stands between two separators");
        }

        chunk.Add(text, row, wraps && IsSingle(text));
        row++;
        state = Input.Window[end] switch
        {
            (byte)',' => State.Element,
            (byte)']' => State.End,
            _ => throw Malformed($"after row {row - 1} comes a bracket that was not opened"),
        };
        Input.Consume(end + 1);
    }

    private void CheckEnd()
    {
        SkipSpaces();
        if (!Input.Window.IsEmpty)
        {
            throw Malformed($"something follows the list of {row} rows");
        }
    }

    private void SkipSpaces()
    {
        do
        {
            var count = Input.Window.IndexOfAnyExcept(JsonScan.Spaces);
            Input.Consume(count < 0 ? Input.Window.Length : count);
        }
        while (Input.Window.IsEmpty && Input.Fill());
    }

    private static FlamaException Malformed(string why) => new(ErrorCodes.MalformedJson, $"The input is not JSON: {why}.");
}
