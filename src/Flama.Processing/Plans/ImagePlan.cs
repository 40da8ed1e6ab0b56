using System.Text.Json;
using Flama.Processing.Images;

namespace Flama.Processing.Plans;

/// <summary>How pictures become a tensor: <c>processing.image</c>. Immutable.</summary>
internal sealed record ImagePlan
{
    /// <summary>The largest side of a picture for a model.</summary>
    public const int MaxSide = 16384;

    private const float ByteRange = 255;

    private static readonly (string Word, ImageFilter Filter)[] Filters =
    [
        ("nearest", ImageFilter.Nearest), ("lanczos", ImageFilter.Lanczos), ("bilinear", ImageFilter.Bilinear), ("bicubic", ImageFilter.Bicubic), ("box", ImageFilter.Box), ("hamming", ImageFilter.Hamming),
    ];

    /// <summary>The object, for messages.</summary>
    public required PlanObject Source { get; init; }

    /// <summary>The graph's input; null for its only one.</summary>
    public string? Input { get; init; }

    public bool TurnsByExif { get; init; }

    /// <summary>The channels; null for those that the graph takes, in the order of red, green, blue.</summary>
    public ColorMode? Mode { get; init; }

    public ResizeSize? Size { get; init; }

    public ImageFilter Filter { get; init; }

    public bool Antialias { get; init; }

    /// <summary>What stays of the middle; null for all.</summary>
    public (int Height, int Width)? Crop { get; init; }

    /// <summary>Whether half a pixel of the crop's place is rounded down, as in Hugging Face's processors, and not to the even neighbour, as in torchvision.</summary>
    public bool CropsDown { get; init; }

    /// <summary>What samples, 0 to 255, are multiplied by; null for 1/255 where the tensor is of floats.</summary>
    public double? RescaleFactor { get; init; }

    public double[]? Mean { get; init; }

    public double[]? Std { get; init; }

    /// <summary>Whether channels come last; null for what the graph's shape tells.</summary>
    public bool? ChannelsLast { get; init; }

    /// <summary>The element type; null for the graph's.</summary>
    public string? Type { get; init; }

    public static ImagePlan Read(PlanObject plan)
    {
        plan.CheckKeys(
            "input", "exif_transpose", "mode", "size", "resample", "antialias", "crop_size", "crop_rounding", "rescale_factor", "image_mean", "image_std", "layout", "dtype");
        var made = new ImagePlan
        {
            Source = plan,
            Input = plan.Text("input"),
            TurnsByExif = plan.Flag("exif_transpose") ?? true,
            Mode = plan.Choice("mode", ("RGB", ColorMode.Rgb), ("BGR", ColorMode.Bgr), ("L", ColorMode.L)),
            Size = SizeOf(plan, "size"),
            Filter = FilterOf(plan, "resample"),
            Antialias = plan.Flag("antialias") ?? true,
            Crop = CropOf(plan, "crop_size"),
            CropsDown = plan.Choice("crop_rounding", ("half_even", false), ("down", true)) ?? false,
            RescaleFactor = plan.Number("rescale_factor"),
            Mean = plan.Numbers("image_mean"),
            Std = plan.Numbers("image_std"),
            ChannelsLast = plan.Choice("layout", ("NCHW", false), ("NHWC", true)),
            Type = plan.Text("dtype"),
        };
        if (made.Std is { } std && Array.IndexOf(std, 0) >= 0)
        {
            throw plan.Wrong("image_std", "numbers other than 0");
        }

        return made;
    }

    /// <summary>A table of what each sample, 0 to 255, becomes in one channel.</summary>
    /// <param name="channel">The channel, counted as the mode has it.</param>
    public float[] TableOf(int channel)
    {
        var (mean, std) = (Pick(Mean, channel, 0), Pick(Std, channel, 1));
        var table = new float[256];
        for (var sample = 0; sample < table.Length; sample++)
        {
            var scaled = RescaleFactor is { } factor ? (float)(sample * factor) : sample / ByteRange;
            table[sample] = Mean is null && Std is null ? scaled : (scaled - (float)mean) / (float)std;
        }

        return table;
    }

    private static double Pick(double[]? values, int channel, double otherwise) => values is null ? otherwise : values.Length == 1 ? values[0] : values[channel];

    private static ImageFilter FilterOf(PlanObject plan, string key)
    {
        // Pillow's numbers are the places in the list.
        if (plan.Value(key) is { ValueKind: JsonValueKind.Number } number)
        {
            return number.TryGetInt32(out var index) && index >= 0 && index < Filters.Length ? (ImageFilter)index : throw plan.Wrong(key, "a number of Pillow's filters, 0 to 5");
        }

        return plan.Choice<ImageFilter>(key, Filters) ?? ImageFilter.Bilinear;
    }

    private static ResizeSize? SizeOf(PlanObject plan, string key)
    {
        if (plan.Value(key) is { ValueKind: JsonValueKind.Number })
        {
            return new(0, 0, plan.Count(key, MaxSide)!.Value);
        }

        if (plan.Value(key) is { ValueKind: JsonValueKind.Object } && plan.Child(key) is { } size && size.Value("shortest_edge") is not null)
        {
            size.CheckKeys("shortest_edge", "longest_edge");
            return new(0, 0, size.Count("shortest_edge", MaxSide)!.Value, size.Count("longest_edge", MaxSide) ?? 0);
        }

        return PairOf(plan, key, "a number for the shorter side, [height, width], or an object with height and width or with shortest_edge") is { } pair ? new(pair.Height, pair.Width) : null;
    }

    private static (int Height, int Width)? CropOf(PlanObject plan, string key) =>
        plan.Value(key) is { ValueKind: JsonValueKind.Number } ? (plan.Count(key, MaxSide)!.Value, plan.Count(key, MaxSide)!.Value) : PairOf(plan, key, "a number, [height, width], or an object with height and width");

    private static (int Height, int Width)? PairOf(PlanObject plan, string key, string expected)
    {
        switch (plan.Value(key))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 2
                && PlanObject.CountOf(list[0], MaxSide) is { } height && PlanObject.CountOf(list[1], MaxSide) is { } width:
                return (height, width);
            case { ValueKind: JsonValueKind.Object } when plan.Child(key)!.CheckKeys("height", "width") is var size:
                return (size.Count("height", MaxSide) ?? throw size.Wrong("height", "a number of pixels"), size.Count("width", MaxSide) ?? throw size.Wrong("width", "a number of pixels"));
            default:
                throw plan.Wrong(key, expected);
        }
    }
}
