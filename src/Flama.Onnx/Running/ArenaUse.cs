using Flama.Onnx.Interop;

namespace Flama.Onnx.Running;

/// <summary>Tells how much of the arena is in use, for sessions that have to be watched. Thread-safe.</summary>
internal sealed unsafe class ArenaUse : IDisposable
{
    private readonly nint memory = Ort.CreateCpuMemoryInfo(1);
    private readonly nint allocator;

    /// <summary>Looks at the arena of a session; to be disposed before that.</summary>
    public ArenaUse(nint session) => allocator = Ort.CreateAllocator(session, memory);

    /// <summary>How many bytes runs, of all sessions, have of it at this moment.</summary>
    public long Bytes
    {
        get
        {
            fixed (byte* key = "InUse"u8)
            {
                return Ort.AllocatorStat(allocator, key) ?? 0;
            }
        }
    }

    public void Dispose()
    {
        Ort.ReleaseAllocator(allocator);
        Ort.ReleaseMemoryInfo(memory);
    }
}
