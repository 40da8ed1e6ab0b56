using Flama.Compression;

namespace Snippets;

internal static class Decompressing
{
    public static void Read(Stream file)
    {
        var codec = CodecTable.Find("zstd")!;
        using var content = codec.OpenRead(file, DecompressionLimits.Default);
    }
}
