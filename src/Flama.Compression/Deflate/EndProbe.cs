using Flama.Compression.Streaming;

namespace Flama.Compression.Deflate;

/// <summary>Finds out whether the base library's inflater had finished when its input ended, which it does not say.</summary>
/// <remarks>
/// An inflater that has finished does not ask for input, except that after a gzip member it asks once for the next. So at the end of
/// gzip data it gets one byte that starts no member: having finished it takes that for trailing bytes and is content, otherwise
/// it asks again or chokes on it.
/// </remarks>
internal sealed class EndProbe(Stream inner, bool hasMembers) : ForwardReadStream
{
    /// <summary>Whether the inflater works on bytes that are not in the input.</summary>
    public bool Probed { get; private set; }

    /// <summary>Whether the inflater asked for more than there is.</summary>
    public bool Exhausted { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var read = Probed ? 0 : inner.Read(buffer);
        if (read > 0 || buffer.IsEmpty)
        {
            return read;
        }

        if (Probed || !hasMembers)
        {
            Exhausted = true;
            return 0;
        }

        Probed = true;
        buffer[0] = 0;
        return 1;
    }
}
