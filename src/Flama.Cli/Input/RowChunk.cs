namespace Flama.Cli.Input;

/// <summary>Rows on their way to the model: their JSON text, one after the other, and where each came from. Reused.</summary>
internal sealed class RowChunk
{
    /// <summary>How many rows a chunk takes at most.</summary>
    public const int MaxRows = 8192;

    private const int MaxLength = 2 << 20;

    // Every row has a byte before it and one after it, where brackets or commas go.
    private readonly List<(int Start, int End, long Place, string? Fault)> rows = [];
    private byte[] text = new byte[64 * 1024];
    private int used;
    private int begun;

    /// <summary>The number of rows.</summary>
    public int Count => rows.Count;

    /// <summary>Whether the model should run before more rows come.</summary>
    public bool IsFull => rows.Count >= MaxRows || used >= MaxLength;

    /// <summary>Forgets the rows.</summary>
    public void Clear()
    {
        rows.Clear();
        used = 0;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="json">One JSON value.</param>
    /// <param name="place">Its line or number.</param>
    /// <param name="isWrapped">Whether the value becomes a list of one.</param>
    public void Add(ReadOnlySpan<byte> json, long place, bool isWrapped = false)
    {
        Begin();
        if (isWrapped)
        {
            Append("["u8);
        }

        Append(json);
        if (isWrapped)
        {
            Append("]"u8);
        }

        End(place);
    }

    /// <summary>Adds a row that cannot be one.</summary>
    /// <param name="place">Its line or number.</param>
    /// <param name="fault">What is wrong, as the rest of a sentence that begins with the line.</param>
    public void AddFault(long place, string fault) => rows.Add((0, 0, place, fault));

    /// <summary>Begins a row that comes in pieces.</summary>
    public void Begin()
    {
        Append(","u8);
        begun = used;
    }

    /// <summary>Adds a piece of the row that was begun.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(Space(piece.Length));
        used += piece.Length;
    }

    /// <summary>Room for so many bytes of the row that was begun; <see cref="Advance"/> says how many there are.</summary>
    public Span<byte> Space(int length)
    {
        if (text.Length - used <= length)
        {
            Array.Resize(ref text, (int)Math.Min(Math.Max(2L * text.Length, text.Length + (long)length + 1), Array.MaxLength));
        }

        return text.AsSpan(used);
    }

    /// <summary>Keeps what was written to <see cref="Space"/>.</summary>
    public void Advance(int count) => used += count;

    /// <summary>Ends the row that was begun.</summary>
    public void End(long place) => rows.Add((begun, used, place, null));

    /// <summary>The line or number of a row.</summary>
    public long PlaceOf(int row) => rows[row].Place;

    /// <summary>What is wrong with a row that cannot be one; null for the others.</summary>
    public string? FaultOf(int row) => rows[row].Fault;

    /// <summary>A list of some neighbouring rows, none of which has a fault; good until the next call.</summary>
    public ReadOnlySpan<byte> List(int first, int count)
    {
        var start = rows[first].Start - 1;
        var end = rows[first + count - 1].End;
        Space(1);
        text[start] = (byte)'[';
        text[end] = (byte)']';
        for (var i = first; i < first + count - 1; i++)
        {
            text[rows[i].End] = (byte)',';
        }

        return text.AsSpan(start, end + 1 - start);
    }
}
