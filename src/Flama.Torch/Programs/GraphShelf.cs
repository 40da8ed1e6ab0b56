using Flama.Onnx.Graphs;
using Flama.Torch.Interpreting;

namespace Flama.Torch.Programs;

/// <summary>
/// The graphs that the methods of a program were lowered to, the last used ones: as many as fit, but one at least. Each holds the weights once more. Thread-safe.
/// </summary>
/// <param name="load">Makes a model of a graph.</param>
/// <param name="maxBytes">How many bytes the weights of all graphs may take.</param>
internal sealed class GraphShelf(Func<OnnxProgram, Model> load, long maxBytes) : IDisposable
{
    // A program that decides by every length is lowered for each.
    private const int MostGraphs = 64;

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile LoweredGraph[] graphs = [];
    private bool isDisposed;

    /// <summary>The number of graphs.</summary>
    public int Count => graphs.Length;

    /// <summary>A graph that answers for inputs, lowered where there is none yet. To be released.</summary>
    /// <param name="program">The method.</param>
    /// <param name="given">An array per input, null for one that is left out.</param>
    /// <param name="cancellationToken">Ends the wait for the lowering of others, and the lowering between its steps.</param>
    /// <exception cref="FlamaException">The method does not take such inputs, or cannot be lowered for them.</exception>
    public LoweredGraph Take(ProgramMethod program, ModelArray?[] given, CancellationToken cancellationToken)
    {
        if (Find(program, given) is { } found)
        {
            return found;
        }

        var patterns = program.PatternsOf(given);
        gate.Wait(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (Find(program, given) is { } other)
            {
                return other;
            }

            var made = Lower(program, patterns, cancellationToken);
            made.TryUse();
            Keep(made);
            return made;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Lowers a method ahead of its first call.</summary>
    /// <returns>The graph, which is kept here.</returns>
    public LoweredGraph Prepare(ProgramMethod program, InputPattern[] patterns, CancellationToken cancellationToken)
    {
        gate.Wait(cancellationToken);
        try
        {
            var made = Lower(program, patterns, cancellationToken);
            Keep(made);
            return made;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The types of inputs that a method was lowered for, each combination once; null for an input that is left out or a value.</summary>
    public IReadOnlyList<ElementType?[]> TypesOf(ProgramMethod program) =>
        [.. graphs.Where(graph => ReferenceEquals(graph.Program, program)).Select(static graph => graph.Types).DistinctBy(static types => string.Join(',', types), StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose()
    {
        gate.Wait();
        try
        {
            isDisposed = true;
            var kept = graphs;
            graphs = [];
            Array.ForEach(kept, static graph => graph.Release());
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A graph that answers for inputs; null where there is none yet. To be released.</summary>
    /// <param name="program">The method.</param>
    /// <param name="given">An array per input, null for one that is left out.</param>
    public LoweredGraph? Find(ProgramMethod program, ModelArray?[] given)
    {
        foreach (var graph in graphs)
        {
            // One that is taken off the shelf at this moment cannot be used any more.
            if (ReferenceEquals(graph.Program, program) && graph.Fits(given) && graph.TryUse())
            {
                return graph;
            }
        }

        return null;
    }

    private LoweredGraph Lower(ProgramMethod program, InputPattern[] patterns, CancellationToken cancellationToken)
    {
        try
        {
            return LoweredGraph.Of(program, patterns, load, cancellationToken);
        }
        catch (ProgramRaisedException raised)
        {
            throw TorchErrors.Refused(raised.Message);
        }
    }

    private void Keep(LoweredGraph made)
    {
        List<LoweredGraph> kept = [.. graphs];
        List<LoweredGraph> taken = [];
        var bytes = made.Bytes + kept.Sum(static graph => graph.Bytes);
        while (kept.Count > 0 && (kept.Count >= MostGraphs || bytes > maxBytes))
        {
            var oldest = kept.MinBy(static graph => graph.LastUse)!;
            kept.Remove(oldest);
            taken.Add(oldest);
            bytes -= oldest.Bytes;
        }

        graphs = [.. kept, made];
        taken.ForEach(static graph => graph.Release());
    }
}
