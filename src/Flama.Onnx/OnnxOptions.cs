using Flama.Onnx.Graphs;

namespace Flama.Onnx;

/// <summary>How ONNX models are loaded and run. Immutable.</summary>
/// <remarks>Threads and memory are those of the process: the options of the engine that loads the first model count for all.</remarks>
public sealed record OnnxOptions
{
    private readonly int threads = Environment.ProcessorCount;
    private readonly long maxMemoryBytes = Math.Max(1L << 28, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
    private readonly TimeSpan maxLoopTime = TimeSpan.FromSeconds(30);
    private readonly long maxLoopBytes = 1L << 27;

    /// <summary>The defaults.</summary>
    public static OnnxOptions Default { get; } = new();

    /// <summary>How much a file may ask for.</summary>
    public OnnxLimits Limits { get; init; } = OnnxLimits.Default;

    /// <summary>How graphs are tried in a process of their own first; null for not at all, the default.</summary>
    public OnnxTrial? Trial { get; init; }

    /// <summary>On how many threads a large model computes, 1 or more; small ones stay on the caller's. Default: as many as there are processors.</summary>
    public int Threads
    {
        get => threads;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            threads = value;
        }
    }

    /// <summary>The most bytes that all runs together may hold, weights not counted. Default: half of what the machine or its container has, 256 MiB or more.</summary>
    public long MaxMemoryBytes
    {
        get => maxMemoryBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            maxMemoryBytes = value;
        }
    }

    /// <summary>How long a call of a model may take whose graph has loops with an end that is not known beforehand. Default 30 seconds.</summary>
    public TimeSpan MaxLoopTime
    {
        get => maxLoopTime;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            maxLoopTime = value;
        }
    }

    /// <summary>How much such a call may hold, beyond eight times the size of the model. Default 128 MiB.</summary>
    public long MaxLoopBytes
    {
        get => maxLoopBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            maxLoopBytes = value;
        }
    }
}
