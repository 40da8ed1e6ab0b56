using System.Buffers;
using System.Text.Json;
using Flama.Json;

namespace Flama.AspNetCore.Buffers;

/// <summary>A growing buffer over pooled arrays with a JSON writer on it, to be used again after <see cref="Clear"/>. Not thread-safe.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int FirstSize = 4096;

    private byte[] bytes = [];
    private Utf8JsonWriter? json;

    /// <summary>A compact writer into the buffer, at the start of a document; what it wrote is there after its flush.</summary>
    public Utf8JsonWriter Json => json ??= new Utf8JsonWriter(this, JsonOutput.Compact);

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>How many bytes the buffer holds without growing.</summary>
    public int Capacity => bytes.Length;

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

    /// <summary>Forgets what was written and keeps the array.</summary>
    public void Clear()
    {
        Length = 0;
        json?.Reset();
    }

    /// <summary>Forgets what was written and gives the array back.</summary>
    public void Release()
    {
        Clear();
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
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

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, Math.Max(FirstSize, 2L * bytes.Length)), Array.MaxLength));
        WrittenSpan.CopyTo(larger);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        bytes = larger;
    }
}
