using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>The elements of one JSON list, without holding the whole list.</summary>
internal sealed class JsonRows(InputBuffer input, TableSpec spec) : TextRows(input)
{
    private readonly FeatureReader reader = new(spec);
    private readonly bool wraps = TakesSingleValues(spec);
    private long row;
    private State state;

    private enum State
    {
        Start,
        FirstElement,
        Element,
        End,
    }

    /// <inheritdoc/>
    public override string PositionName => "Row";

    /// <inheritdoc/>
    public override RowChunk NewChunk() => new JsonChunk(reader);

    /// <inheritdoc/>
    protected override bool TryFill(RowChunk chunk)
    {
        while (!chunk.IsFull)
        {
            switch (state)
            {
                case State.Start when TryOpen():
                case State.FirstElement when TryBegin():
                case State.Element when TryReadElement((JsonChunk)chunk):
                    break;
                case State.End:
                    return !chunk.IsEmpty || IsAtEnd();
                default:
                    return false;
            }
        }

        return true;
    }

    // The list was seen before: its bracket is in the window.
    private bool TryOpen()
    {
        Input.Consume(Input.Window.StartsWith("\uFEFF"u8) ? 3 : 0);
        SkipSpaces();
        Input.Consume(1);
        state = State.FirstElement;
        return true;
    }

    private bool TryBegin()
    {
        SkipSpaces();
        if (Input.Window.IsEmpty && !Input.IsComplete)
        {
            return false;
        }

        state = State.Element;
        if (Input.Window is [(byte)']', ..])
        {
            Input.Consume(1);
            state = State.End;
        }

        return true;
    }

    private bool TryReadElement(JsonChunk chunk)
    {
        var end = JsonScan.EndOfValue(Input.Window, isWhole: false);
        if (end < 0)
        {
            return Input.IsComplete ? throw Malformed($"it ends in row {row}, and the list is not closed") : false;
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
        return true;
    }

    // Nothing but spaces may follow.
    private bool IsAtEnd()
    {
        SkipSpaces();
        return Input.Window.IsEmpty ? Input.IsComplete : throw Malformed($"something follows the list of {row} rows");
    }

    private void SkipSpaces()
    {
        var count = Input.Window.IndexOfAnyExcept(JsonScan.Spaces);
        Input.Consume(count < 0 ? Input.Window.Length : count);
    }

    private static FlamaException Malformed(string why) => new(ErrorCodes.MalformedJson, $"The input is not JSON: {why}.");
}
