using System.Runtime.InteropServices;
using Flama.Processing.Plans;

namespace Flama.Processing.Images;

/// <summary>Makes one example of a graph's input of one picture. Immutable and thread-safe.</summary>
internal sealed class ImagePreparation
{
    private readonly ImagePlan plan;
    private readonly ColorMode mode;
    private readonly bool channelsLast;
    private readonly long maxPixels;
    private readonly float[][] tables;

    /// <summary>Makes the preparation.</summary>
    /// <param name="plan">What is to be done.</param>
    /// <param name="mode">The channels.</param>
    /// <param name="channelsLast">Whether they come last.</param>
    /// <param name="type">The element type: float32, float64, float16 or uint8.</param>
    /// <param name="maxPixels">The most pixels of a picture, as it comes and in between.</param>
    public ImagePreparation(ImagePlan plan, ColorMode mode, bool channelsLast, ElementType type, long maxPixels)
    {
        this.plan = plan;
        this.mode = mode;
        this.channelsLast = channelsLast;
        this.maxPixels = maxPixels;
        Type = type;
        Channels = ColorModes.ChannelsOf(mode);
        tables = [.. Enumerable.Range(0, Channels).Select(plan.TableOf)];
    }

    public ElementType Type { get; }

    public int Channels { get; }

    /// <summary>Decodes a picture and gives it its size and channels.</summary>
    /// <returns>The picture, whose pixels are still bytes; the caller disposes it.</returns>
    /// <exception cref="FlamaException">It cannot be decoded.</exception>
    public PixelImage Read(ReadOnlySpan<byte> file, CancellationToken cancellationToken)
    {
        var (image, orientation) = ImageDecoder.Decode(file, maxPixels, cancellationToken);
        try
        {
            image = plan.TurnsByExif ? ExifOrientation.Turn(image, orientation) : image;
            image = ColorModes.Convert(image, mode);
            if (plan.Size is { } size)
            {
                var (width, height) = size.For(image.Width, image.Height);
                if (width * height > maxPixels)
                {
                    throw ImageFault.TooLarge(width, height, maxPixels);
                }

                image = Resampler.Resize(image, (int)width, (int)height, plan.Filter, plan.Antialias, cancellationToken);
            }

            return plan.Crop is { } crop ? CenterCrop.Cut(image, crop.Width, crop.Height, plan.CropsDown) : image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>Writes the elements of a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="target">The bytes of the elements.</param>
    public void Write(PixelImage image, Span<byte> target)
    {
        switch (Type)
        {
            case ElementType.UInt8:
                Write(image, target, static (_, sample) => sample);
                break;
            case ElementType.Float64:
                Write(image, MemoryMarshal.Cast<byte, double>(target), static (table, sample) => table[sample]);
                break;
            case ElementType.Float16:
                Write(image, MemoryMarshal.Cast<byte, Half>(target), static (table, sample) => (Half)table[sample]);
                break;
            default:
                Write(image, MemoryMarshal.Cast<byte, float>(target), static (table, sample) => table[sample]);
                break;
        }
    }

    private void Write<T>(PixelImage image, Span<T> target, Func<float[], byte, T> element)
    {
        var pixels = image.Pixels;
        var count = image.Width * image.Height;
        for (var channel = 0; channel < Channels; channel++)
        {
            var table = tables[channel];
            var from = mode == ColorMode.Bgr ? Channels - 1 - channel : channel;
            var (at, step) = channelsLast ? (channel, Channels) : (channel * count, 1);
            for (var i = 0; i < count; i++, at += step)
            {
                target[at] = element(table, pixels[(i * Channels) + from]);
            }
        }
    }
}
