using Flama.Onnx.Graphs;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Resizing;

/// <summary>Interpolation. Scales that the program names are used for the coordinates; else those of the sizes.</summary>
internal static class Resizes
{
    public static Tensor Vector(OperatorCall call, int rank, string kind, bool antialias)
    {
        var x = call.Tensor("input");
        var scales = call.FindDoubles("scale_factors", rank);
        if (call.Get("output_size") is not null)
        {
            return Resize(call, x, rank, kind, antialias, call.Sizes("output_size", rank), null);
        }

        if (scales is null)
        {
            throw call.Refused("neither a size nor scales are given");
        }

        object[] lengths = [.. Enumerable.Range(0, rank).Select(i => Scaled(x.Shape[i + 2], scales[i]))];
        return Resize(call, x, rank, kind, antialias, lengths, scales);
    }

    public static Tensor Single(OperatorCall call, int rank, string kind, bool antialias)
    {
        var x = call.Tensor("self");
        var size = call.Sizes("output_size", rank);
        string[] names = rank switch { 1 => ["scales"], 2 => ["scales_h", "scales_w"], _ => ["scales_d", "scales_h", "scales_w"] };
        double?[] given = [.. names.Select(call.FindDouble)];
        var isGiven = Array.TrueForAll(given, static scale => scale is not null)
            && Enumerable.Range(0, rank).All(i => call.Decide("eq", Scaled(x.Shape[i + 2], given[i]!.Value), size[i]) == true);
        return Resize(call, x, rank, kind, antialias, size, isGiven ? [.. given.Select(scale => scale!.Value)] : null);
    }

    private static object Scaled(object length, double scale) => scale == Math.Floor(scale) ? SymMath.Mul(length, (long)scale)
        : SymMath.Apply("floor", SymMath.Apply("mul", SymMath.Apply("float", length), scale));

    private static Tensor Resize(OperatorCall call, Tensor x, int rank, string kind, bool antialias, object[] size, double[]? scales)
    {
        var aligns = call.Has("align_corners") && call.Bool("align_corners");

        if (antialias)
        {
            return Filters.Resize(call, x, kind, size, scales, aligns);
        }

        // One dimension is resized as a picture of height 1.
        var wide = rank == 1 ? call.Unsqueeze(x, 2) : x;
        object[] target = rank == 1 ? [1L, .. size] : size;
        float[] factors = scales is null ? [] : [1, 1, .. rank == 1 ? [1f] : Array.Empty<float>(), .. scales.Select(static scale => (float)scale)];
        var type = OperatorCall.FloatFor("Resize", x.Type);
        object[] shape = [wide.Shape[0], wide.Shape[1], .. target];
        List<OnnxAttribute> attributes = [OnnxAttribute.Of("mode", kind.StartsWith("nearest", StringComparison.Ordinal) ? "nearest" : kind)];
        attributes.AddRange(kind switch
        {
            "nearest" => [OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"), OnnxAttribute.Of("nearest_mode", "floor")],
            "nearest-exact" => [OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel"), OnnxAttribute.Of("nearest_mode", "round_prefer_ceil")],
            _ => (OnnxAttribute[])[OnnxAttribute.Of("coordinate_transformation_mode", aligns ? "align_corners" : "half_pixel")],
        });
        if (kind == "cubic")
        {
            attributes.Add(OnnxAttribute.Of("cubic_coeff_a", -0.75f));
        }

        var made = scales is not null && !aligns
            ? call.Node("Resize", [call.As(wide, type), "", call.Graph.Constant<float>(factors, factors.Length)], attributes)
            : call.Node("Resize", [call.As(wide, type), "", "", call.Graph.Lengths(shape)], attributes);
        var resized = call.Made(made, type, x.Type, shape);
        return rank == 1 ? call.Squeeze(resized, 2) : resized;
    }
}
