namespace Flama.Packaging.Sources;

/// <summary>Collects the bytes of a model whose number is not known before: in memory, and in a temporary file when they become many.</summary>
/// <param name="spillBytes">How many are kept in memory.</param>
internal sealed class PayloadBuilder(long spillBytes = PayloadBuilder.DefaultSpillBytes) : IDisposable
{
    private const long DefaultSpillBytes = 1L << 30;

    private readonly ByteBuilder memory = new();
    private FileStream? spool;

    /// <summary>The number of bytes so far.</summary>
    public long Length => spool?.Length ?? memory.Length;

    /// <summary>Copies bytes in.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (spool is null && memory.Length + bytes.Length > spillBytes)
        {
            spool = SpoolFile.Create();
            memory.CopyTo(spool);
        }

        if (spool is null)
        {
            memory.Append(bytes);
        }
        else
        {
            spool.Write(bytes);
        }
    }

    /// <summary>Copies a stream in, to its end.</summary>
    public void Append(Stream stream)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            Append(buffer.AsSpan(0, read));
        }
    }

    /// <summary>The bytes; the builder is not used any more.</summary>
    public ModelPayload ToPayload()
    {
        if (spool is null)
        {
            return ModelPayload.FromMemory(memory.ToArray());
        }

        spool.Flush();
        var payload = new SpooledPayload(spool);
        spool = null;
        return payload;
    }

    /// <summary>Removes the temporary file, unless a payload has it.</summary>
    public void Dispose() => spool?.Dispose();
}
