using System.Buffers;

namespace Flama.Processing.Images;

/// <summary>A decoded picture: rows from the top, pixels interleaved, a byte a channel. Whoever made it disposes it, once.</summary>
internal sealed class PixelImage : IDisposable
{
    private byte[]? rented;

    private PixelImage(int width, int height, int channels, byte[] rented)
    {
        Width = width;
        Height = height;
        Channels = channels;
        this.rented = rented;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>1 for grey, 3 for red, green and blue, 4 for cyan, magenta, yellow and black.</summary>
    public int Channels { get; }

    /// <summary>Bytes per row.</summary>
    public int Stride => Width * Channels;

    public Span<byte> Pixels => (rented ?? throw new ObjectDisposedException(nameof(PixelImage))).AsSpan(0, Stride * Height);

    /// <summary>Rents a picture whose pixels are not set.</summary>
    public static PixelImage Rent(int width, int height, int channels) =>
        new(width, height, channels, ArrayPool<byte>.Shared.Rent(Math.Max(1, checked(width * height * channels))));

    public Span<byte> Row(int y) => Pixels.Slice(y * Stride, Stride);

    public void Dispose()
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
            rented = null;
        }
    }
}
