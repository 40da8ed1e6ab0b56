using System.Buffers;
using System.Globalization;

namespace Flama.Json;

/// <summary>Writes bytes into a buffer writer with one bounds check a value; <see cref="Flush"/> hands over what was written.</summary>
internal ref struct Utf8Cursor(IBufferWriter<byte> output)
{
    private const int ChunkSize = 4096;
    private const int MaxIntegerLength = 20;

    private Span<byte> free = default;
    private int used = 0;

    public void Byte(byte value)
    {
        Reserve(1);
        free[used++] = value;
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(free[used..]);
        used += value.Length;
    }

    public void Float(double value)
    {
        if (!double.IsFinite(value))
        {
            Raw("null"u8);
            return;
        }

        Reserve(PythonNumber.MaxLength);
        used += PythonNumber.Format(value, free[used..]);
    }

    public void Integer(long value)
    {
        Reserve(MaxIntegerLength);
        value.TryFormat(free[used..], out var written, provider: CultureInfo.InvariantCulture);
        used += written;
    }

    public void Flush()
    {
        if (used > 0)
        {
            output.Advance(used);
        }

        free = default;
        used = 0;
    }

    private void Reserve(int length)
    {
        if (free.Length - used < length)
        {
            Flush();
            free = output.GetSpan(Math.Max(length, ChunkSize));
        }
    }
}
