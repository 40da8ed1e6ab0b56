using System.Buffers;
using System.Globalization;
using Flama.Processing.Images;
using Flama.Processing.Plans;

namespace Flama.Processing.Inputs;

/// <summary>Pictures as a graph's input.</summary>
internal sealed class ImageInputs : InputPreparation
{
    private const string DataScheme = "data:", Base64Mark = ";base64,";

    private readonly ImagePreparation preparation;
    private readonly string name;
    private readonly bool channelsLast;
    private readonly bool hasChannels;
    private readonly int maxBatch;

    private ImageInputs(ImagePreparation preparation, string name, bool channelsLast, bool hasChannels, int maxBatch)
    {
        this.preparation = preparation;
        this.name = name;
        this.channelsLast = channelsLast;
        this.hasChannels = hasChannels;
        this.maxBatch = maxBatch;
    }

    /// <inheritdoc/>
    public override TensorSpec Spec { get; } = new("image", ElementType.String, null) { Content = InputContent.Image };

    // A PNG of one pixel.
    /// <inheritdoc/>
    public override string Sample => "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

    /// <summary>Checks a plan against the graph.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="graph">What the graph takes.</param>
    /// <param name="maxPixels">The most pixels of a picture.</param>
    /// <exception cref="FlamaException">It is for another model.</exception>
    public static ImageInputs Of(ImagePlan plan, TensorsSpec graph, long maxPixels)
    {
        var input = InputOf(plan, graph);
        if (input.Structure != ArrayStructure.Tensor || input.Type is not (ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.UInt8))
        {
            throw plan.Source.Unfit("input", $"is '{input}', which is not a tensor of float32, float64, float16 or uint8");
        }

        if (plan.Type is { } type && type != ElementTypes.NameOf(input.Type))
        {
            throw plan.Source.Wrong("dtype", $"that of the model's input, {ElementTypes.NameOf(input.Type)}");
        }

        if (input.Type == ElementType.UInt8 && (plan.RescaleFactor is not (null or 1) || plan.Mean is not null || plan.Std is not null))
        {
            throw plan.Source.Unfit(plan.Mean is not null ? "image_mean" : plan.Std is not null ? "image_std" : "rescale_factor", "is for floats, and the model takes uint8");
        }

        var isFull = input.Shape is not { Count: 3 };
        if (input.Shape is { } shape && shape.Count is not (3 or 4))
        {
            throw plan.Source.Unfit("input", $"is '{input}', expected a batch of pictures: 4 dimensions, or 3 for grey");
        }

        var last = plan.ChannelsLast ?? (isFull && input.Shape is [_, { Length: var second }, _, { Length: 1 or 3 }] && second is not (1 or 3));
        var mode = ModeOf(plan, input, isFull, last);
        foreach (var (key, values) in new[] { ("image_mean", plan.Mean), ("image_std", plan.Std) })
        {
            if (values is not null && values.Length != 1 && values.Length != ColorModes.ChannelsOf(mode))
            {
                throw plan.Source.Unfit(key, string.Create(CultureInfo.InvariantCulture, $"has {values.Length} numbers for {ColorModes.ChannelsOf(mode)} channels"));
            }
        }

        CheckSize(plan, input, isFull, last);
        return new(new(plan, mode, last, input.Type, maxPixels), input.Name, last, isFull, BatchOf(input, plan.Source));
    }

    /// <inheritdoc/>
    public override IEnumerable<PreparedBatch> Prepare(string?[] values, CancellationToken cancellationToken)
    {
        List<PixelImage> waiting = [];
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var image = Read(values, i, cancellationToken);
                if (waiting.Count > 0 && (waiting.Count == maxBatch || waiting[0].Width != image.Width || waiting[0].Height != image.Height))
                {
                    yield return Take(waiting);
                }

                waiting.Add(image);
            }

            yield return Take(waiting);
        }
        finally
        {
            waiting.ForEach(image => image.Dispose());
        }
    }

    private static TensorSpec InputOf(ImagePlan plan, TensorsSpec graph)
    {
        var names = string.Join(", ", graph.Tensors.Select(tensor => $"'{tensor.Name}'"));
        return graph.Tensors is not [var only]
            ? throw plan.Source.Unfit("input", $"is for models of one input, and this one takes {(names.Length == 0 ? "none" : names)}")
            : plan.Input is null || plan.Input == only.Name ? only : throw plan.Source.Wrong("input", $"the model's input: {names}");
    }

    private static ColorMode ModeOf(ImagePlan plan, TensorSpec input, bool hasChannels, bool channelsLast)
    {
        var channels = !hasChannels ? 1 : input.Shape?[channelsLast ? 3 : 1].Length;
        if (channels is not (null or 1 or 3))
        {
            throw plan.Source.Unfit(plan.ChannelsLast is null ? "input" : "layout", $"does not fit '{input}', which has {channels} channels there, expected 1 or 3");
        }

        var mode = plan.Mode ?? (channels == 1 ? ColorMode.L : ColorMode.Rgb);
        return channels is null || channels == ColorModes.ChannelsOf(mode) ? mode : throw plan.Source.Wrong("mode", $"one of {channels} channel{(channels == 1 ? "" : "s")}, as '{input}' has");
    }

    // What the graph fixes has to come out.
    private static void CheckSize(ImagePlan plan, TensorSpec input, bool hasChannels, bool channelsLast)
    {
        var first = hasChannels && !channelsLast ? 2 : 1;
        if (input.Shape is not { } shape || (shape[first].Length, shape[first + 1].Length) is (null, null))
        {
            return;
        }

        var made = plan.Crop ?? (plan.Size is { ShortestEdge: 0 } exact ? (exact.Height, exact.Width) : null);
        var (height, width) = (shape[first].Length, shape[first + 1].Length);
        if (made is not { } size || (height ?? size.Height) != size.Height || (width ?? size.Width) != size.Width)
        {
            throw plan.Source.Wrong(plan.Crop is null ? "size" : "crop_size", $"what makes pictures of {height?.ToString(CultureInfo.InvariantCulture) ?? "any"} rows and {width?.ToString(CultureInfo.InvariantCulture) ?? "any"} columns, as '{input}' takes");
        }
    }

    private PixelImage Read(string?[] values, int index, CancellationToken cancellationToken)
    {
        var text = values[index].AsSpan();
        if (text.StartsWith(DataScheme, StringComparison.OrdinalIgnoreCase) && text.IndexOf(Base64Mark, StringComparison.OrdinalIgnoreCase) is >= 0 and var mark)
        {
            text = text[(mark + Base64Mark.Length)..];
        }

        var rented = ArrayPool<byte>.Shared.Rent(((text.Length / 4) + 1) * 3);
        try
        {
            return Convert.TryFromBase64Chars(text, rented, out var length)
                ? preparation.Read(rented.AsSpan(0, length), cancellationToken)
                : throw ImageFault.Problem("The image is not base64 of a PNG or JPEG file.");
        }
        catch (FlamaException failure) when (values.Length > 1)
        {
            throw At(failure, index);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // Which image of a list it was.
    private static FlamaException At(FlamaException failure, int index)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"Image {index}: {failure.Message}");
        return failure.Problems is [var problem] ? new([problem with { Message = message, Row = index }], 1) : new(failure.Code, message, failure.Remedy, failure);
    }

    private PreparedBatch Take(List<PixelImage> images)
    {
        var (width, height, channels) = (images[0].Width, images[0].Height, images[0].Channels);
        var tensor = ModelTensor.Rent(
            preparation.Type, !hasChannels ? [images.Count, height, width] : channelsLast ? [images.Count, height, width, channels] : [images.Count, channels, height, width]);
        var size = tensor.WritableBytes.Length / images.Count;
        for (var i = 0; i < images.Count; i++)
        {
            preparation.Write(images[i], tensor.WritableBytes.Slice(i * size, size));
            images[i].Dispose();
        }

        PreparedBatch made = new(new(KeyValuePair.Create(name, tensor)), images.Count, []);
        images.Clear();
        return made;
    }
}
