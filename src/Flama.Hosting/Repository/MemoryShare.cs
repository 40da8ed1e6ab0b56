namespace Flama.Hosting.Repository;

/// <summary>Finds out which share of what loading allocates stays: the rest is garbage. Not thread-safe.</summary>
/// <remarks>
/// <para>As long as nothing is unloaded, all loaded models together are compared with what the heap has grown since the start, after a full collection. That takes too much for
/// models: the heap grows by other things too, such as a time series for each model.</para>
/// <para>Once models are unloaded, the heap before and after tells what those took. Collecting there is due anyway, so that memory goes back before the next models need it.</para>
/// </remarks>
/// <param name="budget">The bytes that all models may take.</param>
/// <param name="heapBytes">What the heap holds.</param>
internal sealed class MemoryShare(long budget, Func<long> heapBytes)
{
    private const double Least = 0.005;

    // One look at what is unloaded weighs so much beside all before it.
    private const double Weight = 0.3;

    // Less than this is lost in what requests allocate meanwhile.
    private const long WorthLearning = 128 << 10;

    // Two collections for each batch that is unloaded are for learning; afterwards one does.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private double share = 1;
    private bool hasUnloaded;
    private long baseline;
    private long measured;
    private long heap;
    private long released;
    private long learned = long.MinValue / 2;

    /// <summary>Notes what the process holds without the models.</summary>
    public void Begin()
    {
        Collect();
        baseline = heapBytes();
    }

    /// <summary>What stays of so many bytes.</summary>
    public long Of(long raw) => (long)(raw * share);

    /// <summary>Compares all models with the heap, if that has not been done for about so many of them.</summary>
    /// <returns>Whether the share is another one now.</returns>
    public bool TryMeasure(IReadOnlyList<MemoryCharge> models)
    {
        var raw = models.Where(model => !model.IsExact).Sum(model => model.Raw);
        if (hasUnloaded || raw < measured + (measured / 4) || raw == 0)
        {
            return false;
        }

        measured = raw;
        Collect();
        var exact = models.Where(model => model.IsExact).Sum(model => model.Raw);
        share = Math.Clamp((heapBytes() - baseline - exact) / (double)raw, Least, 1);
        return true;
    }

    /// <summary>Looks at the heap before models are unloaded.</summary>
    public void BeginUnloading()
    {
        heap = 0;
        if (Environment.TickCount64 - learned > Pause.TotalMilliseconds)
        {
            Collect();
            heap = heapBytes();
        }
    }

    /// <summary>Looks at it afterwards.</summary>
    public void EndUnloading(IReadOnlyList<MemoryCharge> models)
    {
        released += models.Sum(model => model.Bytes);
        if (heap == 0)
        {
            if (released > budget / 8)
            {
                Collect();
            }

            return;
        }

        Collect();
        var raw = models.Where(model => !model.IsExact).Sum(model => model.Raw);
        if (raw > 0 && models.Sum(model => model.Bytes) >= WorthLearning)
        {
            var freed = heap - heapBytes() - models.Where(model => model.IsExact).Sum(model => model.Raw);
            var found = Math.Clamp(freed / (double)raw, Least, 1);
            share = hasUnloaded ? (share * (1 - Weight)) + (found * Weight) : found;
            hasUnloaded = true;
            learned = Environment.TickCount64;
        }
    }

    private void Collect()
    {
        released = 0;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
    }
}
