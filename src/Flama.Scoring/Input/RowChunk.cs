namespace Flama.Scoring.Input;

/// <summary>Neighbouring rows on their way to the model, and where each came from. Reused.</summary>
internal abstract class RowChunk : IDisposable
{
    /// <summary>How many rows a chunk takes at most.</summary>
    protected const int MaxRows = 8192;

    private readonly List<long> positions = new(MaxRows);
    private readonly SortedList<int, string> faults = [];

    /// <summary>Whether there is nothing to score.</summary>
    public virtual bool IsEmpty => Count == 0;

    /// <summary>The number of rows, once they were prepared.</summary>
    public int Count => positions.Count;

    /// <summary>Whether the model should run before more rows come.</summary>
    public abstract bool IsFull { get; }

    /// <summary>Does what is left to do before rows can be asked for, on the thread that scores them.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Forgets the rows.</summary>
    public virtual void Clear()
    {
        positions.Clear();
        faults.Clear();
    }

    /// <summary>Adds a row that cannot be one.</summary>
    /// <param name="position">Its line or number.</param>
    /// <param name="fault">What is wrong, as the rest of a sentence that begins with the position.</param>
    public void AddFault(long position, string fault)
    {
        faults.Add(Count, fault);
        Add(position);
    }

    /// <summary>The line or number of a row.</summary>
    public long PositionOf(int row) => positions[row];

    /// <summary>What is wrong with a row that cannot be one; null for the others.</summary>
    public string? FaultOf(int row) => faults.Count == 0 ? null : faults.GetValueOrDefault(row);

    /// <summary>The first row from one on that has a fault, or the number of rows.</summary>
    public int EndOfRun(int first)
    {
        if (faults.Count == 0)
        {
            return Count;
        }

        var end = first;
        while (end < Count && !faults.ContainsKey(end))
        {
            end++;
        }

        return end;
    }

    /// <summary>Some neighbouring rows, none of which has a fault. The caller disposes the batch before it asks for another.</summary>
    /// <exception cref="FlamaException">The model does not take them.</exception>
    public abstract FeatureBatch Rows(int first, int count);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>How many rows before one have a fault.</summary>
    protected int FaultsBefore(int row)
    {
        var count = 0;
        while (count < faults.Count && faults.GetKeyAtIndex(count) < row)
        {
            count++;
        }

        return count;
    }

    /// <summary>Adds a row.</summary>
    protected void Add(long position) => positions.Add(position);

    /// <summary>Gives buffers back.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
