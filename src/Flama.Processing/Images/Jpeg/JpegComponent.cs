using System.Buffers;

namespace Flama.Processing.Images.Jpeg;

/// <summary>One channel of a frame: its samples, and its coefficients where these come in several scans.</summary>
/// <param name="id">The number that scans name it by.</param>
/// <param name="horizontal">Its samples along a row, against those of the others.</param>
/// <param name="vertical">Its samples along a column, against those of the others.</param>
/// <param name="quantization">The number of its table.</param>
internal sealed class JpegComponent(int id, int horizontal, int vertical, int quantization) : IDisposable
{
    private byte[]? samples;
    private short[]? coefficients;

    public int Id => id;

    public int Horizontal => horizontal;

    public int Vertical => vertical;

    public int Quantization => quantization;

    /// <summary>Samples per row and rows that belong to the picture.</summary>
    public int Width { get; private set; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; private set; }

    /// <summary>Blocks per row and rows of blocks of a scan with this channel alone.</summary>
    public int BlocksWide => (Width + 7) / 8;

    /// <inheritdoc cref="BlocksWide"/>
    public int BlocksHigh => (Height + 7) / 8;

    /// <summary>Blocks per row that are kept: whole units of all channels.</summary>
    public int Stride { get; private set; }

    /// <summary>The table as it was when the first scan with this channel began.</summary>
    public ushort[]? Table { get; set; }

    /// <summary>Codes of the present scan.</summary>
    public HuffmanTable? Dc { get; set; }

    /// <inheritdoc cref="Dc"/>
    public HuffmanTable? Ac { get; set; }

    /// <summary>The DC coefficient before.</summary>
    public int Prediction { get; set; }

    public ReadOnlySpan<byte> Samples => samples;

    /// <summary>Samples per row as they are kept.</summary>
    public int SampleStride => Stride * 8;

    /// <summary>Takes the memory.</summary>
    /// <param name="frame">The frame, whose sizes have been checked.</param>
    /// <param name="keepsCoefficients">Whether coefficients come in several scans.</param>
    public void Allocate(JpegFrame frame, bool keepsCoefficients)
    {
        Width = ((frame.Width * horizontal) + frame.MaxHorizontal - 1) / frame.MaxHorizontal;
        Height = ((frame.Height * vertical) + frame.MaxVertical - 1) / frame.MaxVertical;
        Stride = frame.UnitsWide * horizontal;
        var blocks = Stride * frame.UnitsHigh * vertical;
        samples = ArrayPool<byte>.Shared.Rent(blocks * 64);
        if (keepsCoefficients)
        {
            coefficients = ArrayPool<short>.Shared.Rent(blocks * 64);
            coefficients.AsSpan(0, blocks * 64).Clear();
        }
    }

    /// <summary>The coefficients of a block, in the order of a block's rows.</summary>
    public Span<short> Block(int row, int column) => coefficients.AsSpan(((row * Stride) + column) * 64, 64);

    /// <summary>Writes the samples of a block.</summary>
    public void Transform(ReadOnlySpan<short> block, int row, int column) =>
        InverseDct.Transform(block, Table!, samples.AsSpan((row * 8 * SampleStride) + (column * 8)), SampleStride);

    /// <summary>Writes the samples of all blocks that were kept.</summary>
    public void TransformAll(CancellationToken cancellationToken)
    {
        for (var row = 0; row < BlocksHigh; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var column = 0; column < BlocksWide; column++)
            {
                Transform(Block(row, column), row, column);
            }
        }
    }

    public void Dispose()
    {
        if (samples is not null)
        {
            ArrayPool<byte>.Shared.Return(samples);
            samples = null;
        }

        if (coefficients is not null)
        {
            ArrayPool<short>.Shared.Return(coefficients);
            coefficients = null;
        }
    }
}
