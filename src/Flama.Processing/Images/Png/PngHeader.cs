using System.Buffers.Binary;

namespace Flama.Processing.Images.Png;

/// <summary>What the first chunk of a PNG tells.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits per sample.</param>
/// <param name="Type">0 grey, 2 colours, 3 palette, 4 grey with alpha, 6 colours with alpha.</param>
/// <param name="IsInterlaced">Whether rows come in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int Type, bool IsInterlaced)
{
    public const int Grey = 0, Palette = 3, GreyAlpha = 4;

    private const int Size = 13;

    /// <summary>Samples per pixel.</summary>
    public int Samples => Type switch { 2 => 3, GreyAlpha => 2, 6 => 4, _ => 1 };

    /// <summary>Bytes from a sample to the one of the pixel before, 1 or more.</summary>
    public int Step => Math.Max(1, Samples * Depth / 8);

    /// <summary>Bytes of a row of pixels, without the byte of its filter.</summary>
    public int RowBytes(int width) => (int)((((long)width * Samples * Depth) + 7) / 8);

    public static PngHeader Read(ReadOnlySpan<byte> chunk, long maxPixels)
    {
        if (chunk.Length != Size)
        {
            throw ImageFault.Corrupt("PNG", "its header has another length");
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));
        var (depth, type) = (chunk[8], chunk[9]);
        if (width > int.MaxValue || height > int.MaxValue || chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1 || !AreKnown(type, depth))
        {
            throw ImageFault.Corrupt("PNG", "its header has values that are not defined");
        }

        ImageDecoder.CheckSize("PNG", width, height, maxPixels);
        return new((int)width, (int)height, depth, type, chunk[12] == 1);
    }

    private static bool AreKnown(int type, int depth) => type switch
    {
        Grey => depth is 1 or 2 or 4 or 8 or 16,
        Palette => depth is 1 or 2 or 4 or 8,
        2 or GreyAlpha or 6 => depth is 8 or 16,
        _ => false,
    };
}
