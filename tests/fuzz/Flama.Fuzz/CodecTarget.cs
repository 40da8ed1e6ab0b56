using Flama.Compression;

namespace Flama.Fuzz;

/// <summary>Every decoder, told by the first bytes.</summary>
internal static class CodecTarget
{
    private const int Prefix = 16;

    private static readonly DecompressionLimits Limits = new() { MaxOutputBytes = 1 << 20, MaxWindowBytes = 1 << 22 };

    /// <summary>Decodes an input to its end.</summary>
    public static string Run(byte[] input)
    {
        if (CodecTable.Detect(input.AsSpan(0, Math.Min(Prefix, input.Length))) is not { } codec)
        {
            return "no codec";
        }

        try
        {
            using var decoded = codec.OpenRead(new MemoryStream(input), Limits);
            using var length = new MemoryStream();
            decoded.CopyTo(length);
            return $"{codec.Name}: {length.Length} bytes";
        }
        catch (CompressionException exception)
        {
            return $"{codec.Name}: {exception.Failure}";
        }
    }
}
