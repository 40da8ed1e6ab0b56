using System.Runtime.ExceptionServices;
using Flama.Scoring.Input;
using Flama.Scoring.Output;

namespace Flama.Scoring;

/// <summary>One run over rows: a few chunks are read one after the other, scored side by side, and written in their order.</summary>
internal sealed class ScoringRun : IDisposable
{
    // Chunks take turns on the threads, so that a slow one does not hold up the others; memory grows by about a MiB for each.
    private const int ChunksPerThread = 4;
    private const int MostChunks = 64;

    private readonly RowSource source;
    private readonly ScoringOptions options;
    private readonly RowScorer[] scorers;
    private readonly ResultFrame frame = new();
    private long rows;
    private long badRows;

    /// <summary>Prepares a run.</summary>
    /// <param name="method">What is run.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">What the user decided.</param>
    public ScoringRun(ModelMethod method, RowSource source, ScoringOptions options)
    {
        this.source = source;
        this.options = options;
        var columns = ResultColumns.Of(method);

        // Without knowing how wide results are, a chunk without any cannot be written before others.
        var count = options.MaxDegreeOfParallelism == 1 || (options.OutputFormat == RowsFormat.Csv && columns.Width is null)
            ? 1
            : Math.Min((long)options.MaxDegreeOfParallelism * ChunksPerThread, MostChunks);
        scorers = new RowScorer[count];
        for (var i = 0; i < count; i++)
        {
            scorers[i] = new RowScorer(method, source.NewChunk(), ResultWriter.Of(options, columns), new BadRows(options, source.PositionName));
        }
    }

    /// <summary>Runs to the end of the rows.</summary>
    /// <inheritdoc cref="BulkScoring.RunAsync"/>
    public async Task<ScoringResult> RunAsync(Stream output, IProgress<ScoringProgress>? progress, CancellationToken cancellationToken)
    {
        bool isEnd;
        do
        {
            var (filled, failure) = await FillAsync(cancellationToken).ConfigureAwait(false);
            isEnd = filled < scorers.Length;
            Score(filled, cancellationToken);
            for (var i = 0; i < filled; i++)
            {
                await WriteAsync(scorers[i], output, cancellationToken).ConfigureAwait(false);
                progress?.Report(new ScoringProgress(rows, source.Progress));
            }

            failure?.Throw();
        }
        while (!isEnd);

        if (rows == 0)
        {
            throw new FlamaException(ErrorCodes.InvalidInput, "The input has no rows.", "Give at least one row.");
        }

        await output.WriteAsync(frame.End(scorers[0].Output), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new ScoringResult(rows, badRows);
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(scorers, scorer => scorer.Dispose());

    // A failure of the input counts after the rows before it.
    private async ValueTask<(int Filled, ExceptionDispatchInfo? Failure)> FillAsync(CancellationToken cancellationToken)
    {
        var filled = 0;
        try
        {
            while (filled < scorers.Length && await source.ReadAsync(scorers[filled].Chunk, cancellationToken).ConfigureAwait(false))
            {
                filled++;
            }

            return (filled, null);
        }
        catch (FlamaException exception)
        {
            return (filled, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private void Score(int count, CancellationToken cancellationToken)
    {
        if (count == 1)
        {
            scorers[0].Score(new InvokeOptions(options.MaxDegreeOfParallelism, cancellationToken));
            return;
        }

        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, count, parallel, i => scorers[i].Score(new InvokeOptions(1, cancellationToken)));
    }

    private async ValueTask WriteAsync(RowScorer scorer, Stream output, CancellationToken cancellationToken)
    {
        badRows += scorer.ReportBadRows();
        scorer.Failure?.Throw();
        await output.WriteAsync(frame.Open(scorer.Output), cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(frame.Body(scorer.Output), cancellationToken).ConfigureAwait(false);
        scorer.Output.Clear();
        rows += scorer.Chunk.Count;
    }
}
