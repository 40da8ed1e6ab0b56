using Microsoft.Extensions.ObjectPool;

namespace Flama.AspNetCore.Buffers;

/// <summary>The buffers of one application. Thread-safe.</summary>
internal sealed class PooledBuffers
{
    // What most answers fit into; larger arrays go back to the array pool so that idle buffers stay small.
    private const int KeptCapacity = 64 * 1024;

    private readonly DefaultObjectPool<PooledBuffer> pool = new(new DefaultPooledObjectPolicy<PooledBuffer>());

    public PooledBuffer Rent() => pool.Get();

    public void Return(PooledBuffer buffer)
    {
        if (buffer.Capacity > KeptCapacity)
        {
            buffer.Release();
        }
        else
        {
            buffer.Clear();
        }

        pool.Return(buffer);
    }
}
