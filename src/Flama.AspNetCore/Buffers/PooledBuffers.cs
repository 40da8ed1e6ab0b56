using Microsoft.Extensions.ObjectPool;

namespace Flama.AspNetCore.Buffers;

/// <summary>The buffers of one application. Thread-safe.</summary>
internal sealed class PooledBuffers
{
    private readonly DefaultObjectPool<PooledBuffer> pool = new(new DefaultPooledObjectPolicy<PooledBuffer>());

    public PooledBuffer Rent() => pool.Get();

    public void Return(PooledBuffer buffer)
    {
        buffer.Clear();
        pool.Return(buffer);
    }
}
