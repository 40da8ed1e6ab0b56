using Flama.Compression.Streaming;

namespace Flama.Compression.Deflate;

/// <summary>Reads through an inflater and reports input that ends before the data does, which the base library takes for the end.</summary>
internal sealed class CompleteStream(Stream inflater, EndProbe input) : ForwardReadStream
{
    public override int Read(Span<byte> buffer)
    {
        var wasProbed = input.Probed;
        int read;
        try
        {
            read = inflater.Read(buffer);
        }
        catch (InvalidDataException) when (input.Probed)
        {
            throw new EndOfStreamException();
        }

        var usesProbe = read > 0 && input.Probed && !wasProbed;
        return usesProbe || input.Exhausted ? throw new EndOfStreamException() : read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflater.Dispose();
        }

        base.Dispose(disposing);
    }
}
