using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Scoring.Input;

/// <summary>Records of comma-separated values: first their text, then, taken apart, rows in a batch.</summary>
internal sealed class CsvChunk : RowChunk
{
    private const int MaxLength = 2 << 20;

    // 4 MiB of numbers.
    private const int MaxCells = 1 << 19;
    private const int FirstLength = 64 * 1024;

    private readonly List<Record> records = new(MaxRows);
    private readonly CsvRecords splitter = new();
    private byte[] text = GC.AllocateUninitializedArray<byte>(FirstLength);
    private int used;
    private int longest;
    private CsvLayout? layout;
    private CsvFill? fill;

    /// <inheritdoc/>
    public override bool IsFull => records.Count >= MaxRows || used >= MaxLength || (long)records.Count * layout?.Plan.Columns >= MaxCells;

    /// <inheritdoc/>
    public override bool IsEmpty => records.Count == 0;

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        records.Clear();
        used = 0;
        longest = 0;
    }

    /// <summary>Whether a record is added before the others are scored: where each may have any number of cells, all are as wide as the longest.</summary>
    public bool Fits(ReadOnlySpan<byte> record, CsvLayout shared) =>
        records.Count == 0 || shared.Spec.RowForm != RowForm.List
        || (records.Count + 1L) * Math.Max(longest, MostCells(record, shared)) <= MaxCells;

    /// <summary>Adds the text of a record.</summary>
    /// <param name="found">Tells where it is and what is in it.</param>
    /// <param name="record">The record with its line end.</param>
    /// <param name="shared">What holds for all records.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(CsvRecords found, ReadOnlySpan<byte> record, CsvLayout shared)
    {
        if (text.Length - used < record.Length)
        {
            Array.Resize(ref text, (int)Math.Min(Math.Max(2L * text.Length, (long)used + record.Length), Array.MaxLength));
        }

        longest = shared.Spec.RowForm == RowForm.List ? Math.Max(longest, MostCells(record, shared)) : 0;
        record.CopyTo(text.AsSpan(used));
        records.Add(new(used, record.Length, found.Line, found.HasQuotes, found.IsBroken));
        used += record.Length;
        layout = shared;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Prepare()
    {
        if (layout is null)
        {
            return;
        }

        splitter.Separator = layout.Separator;
        fill ??= new CsvFill(layout);
        fill.Begin(records.Count, layout.Spec.RowForm == RowForm.List ? longest : null);
        foreach (ref readonly var record in CollectionsMarshal.AsSpan(records))
        {
            var bytes = text.AsSpan(record.Start, record.Length);
            splitter.Split(bytes, record.HasQuotes);
            if (FaultOf(record) is { } fault)
            {
                AddFault(record.Line, fault);
            }
            else if (fill.Add(splitter, bytes) is { } problem)
            {
                AddFault(record.Line, problem);
            }
            else
            {
                Add(record.Line);
            }
        }

        fill.End();
    }

    /// <inheritdoc/>
    public override FeatureBatch Rows(int first, int count) => fill!.Batch.Slice(first - FaultsBefore(first), count);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        fill?.Dispose();
        base.Dispose(disposing);
    }

    private static int MostCells(ReadOnlySpan<byte> record, CsvLayout shared) => record.Count(shared.Separator) + 1;

    private string? FaultOf(in Record record)
    {
        if (record.IsBroken)
        {
            return "opens a quotation mark that is never closed.";
        }

        var (spec, plan, _, width, columns) = layout!;
        if (width is { } expected && splitter.Count != expected)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {splitter.Count} values, the header has {expected}.");
        }

        var count = columns?.Length ?? splitter.Count;
        if (spec.RowForm == RowForm.List || count == plan.Columns)
        {
            return null;
        }

        return spec.HasKnownFeatures || spec.RowForm == RowForm.Document
            ? $"has {Counted(count, "feature")}, expected {plan.Columns}{plan.DescribeNames()}."
            : $"has {Counted(count, "value")}, and the first row has {plan.Columns}, expected rows of the same length.";
    }

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private readonly record struct Record(int Start, int Length, long Line, bool HasQuotes, bool IsBroken);
}
