namespace Flama.Onnx.Interop;

/// <summary>What all sessions of the process share: the environment, the arena and the pool of threads. Made with the first session, never released. Thread-safe.</summary>
internal sealed unsafe class OrtEnvironment
{
    private const int LogErrors = 3;

    private static readonly Lock Making = new();
    private static OrtEnvironment? shared;

    private OrtEnvironment(OnnxOptions options)
    {
        var threading = Ort.CreateThreadingOptions();
        try
        {
            Ort.SetGlobalIntraOpNumThreads(threading, options.Threads);
            Ort.SetGlobalInterOpNumThreads(threading, 1);
            Ort.SetGlobalSpinControl(threading, 0);
            Ort.SetGlobalCustomThreads(threading, SharedThreads.Create, SharedThreads.Join);
            fixed (byte* name = "flama"u8)
            {
                Handle = Ort.CreateEnvWithGlobalThreadPools(LogErrors, name, threading);
            }
        }
        finally
        {
            Ort.ReleaseThreadingOptions(threading);
        }

        Memory = Ort.CreateCpuMemoryInfo(0);
        Allocator = Ort.GetDefaultAllocator();
        CreateArena(options.MaxMemoryBytes);
    }

    /// <summary>The environment.</summary>
    public nint Handle { get; }

    /// <summary>Memory of the CPU that the caller owns.</summary>
    public nint Memory { get; }

    /// <summary>The system's allocator.</summary>
    public nint Allocator { get; }

    /// <summary>The environment of the process; options count for the first call.</summary>
    public static OrtEnvironment Get(OnnxOptions options)
    {
        if (Volatile.Read(ref shared) is { } made)
        {
            return made;
        }

        lock (Making)
        {
            return shared ??= new OrtEnvironment(options);
        }
    }

    // Grows by what is asked for, not by powers of two: a limit is then one of what is used.
    private void CreateArena(long limit)
    {
        fixed (byte* max = "max_mem"u8, strategy = "arena_extend_strategy"u8)
        {
            var keys = stackalloc byte*[] { max, strategy };
            var values = stackalloc nuint[] { (nuint)limit, 1 };
            var configuration = Ort.CreateArenaCfg(keys, values, 2);
            var memory = Ort.CreateCpuMemoryInfo(1);
            try
            {
                Ort.CreateAndRegisterAllocator(Handle, memory, configuration);
            }
            finally
            {
                Ort.ReleaseMemoryInfo(memory);
                Ort.ReleaseArenaCfg(configuration);
            }
        }
    }
}
