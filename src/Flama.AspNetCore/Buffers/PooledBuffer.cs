using System.Buffers;
using System.Text.Json;
using Flama.Json;

namespace Flama.AspNetCore.Buffers;

/// <summary>A growing buffer over pooled arrays with a JSON writer on it, to be used again after <see cref="Clear"/>. Not thread-safe.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int FirstSize = 4096;

    // What most answers fit into; larger arrays are not kept by buffers at rest.
    private const int KeptCapacity = 64 * 1024;

    // The shared pool would keep larger ones for minutes.
    private const int LargestPooled = 1 << 20;

    // An announced length is believed when a part of it has arrived.
    private const int BelievedFrom = 4;

    private byte[] bytes = [];
    private Utf8JsonWriter? json;

    /// <summary>A compact writer into the buffer, at the start of a document; what it wrote is there after its flush.</summary>
    public Utf8JsonWriter Json => json ??= new Utf8JsonWriter(this, JsonOutput.Compact);

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>How many bytes there will be where that was announced, so that the array need not be twice as large; else 0.</summary>
    public int Announced { get; set; }

    public ReadOnlySpan<byte> WrittenSpan => bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => bytes.AsMemory(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bytes.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsSpan(Length);
    }

    /// <summary>Starts another document behind what was written.</summary>
    /// <param name="length">How much of what was written stays; the rest is forgotten.</param>
    public void StartDocument(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        json?.Reset();
        Length = length;
    }

    /// <summary>Forgets what was sent of a document that goes on.</summary>
    public void Drain() => Length = 0;

    /// <summary>Forgets what was written, and keeps the array unless it is large.</summary>
    public void Clear()
    {
        Length = 0;
        Announced = 0;
        json?.Reset();
        if (bytes.Length > KeptCapacity)
        {
            Return();
            bytes = [];
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = checked(Length + Math.Max(sizeHint, 1));
        if (needed <= bytes.Length)
        {
            return;
        }

        var larger = Rent(CapacityFor(needed));
        WrittenSpan.CopyTo(larger);
        Return();
        bytes = larger;
    }

    private int CapacityFor(int needed)
    {
        var isNear = Announced >= needed && (long)needed * BelievedFrom >= Announced;
        return isNear ? Announced : (int)Math.Min(Math.Max(needed, Math.Max(FirstSize, 2L * bytes.Length)), Array.MaxLength);
    }

    private static byte[] Rent(int length) => length > LargestPooled ? GC.AllocateUninitializedArray<byte>(length) : ArrayPool<byte>.Shared.Rent(length);

    private void Return()
    {
        if (bytes.Length is > 0 and <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
