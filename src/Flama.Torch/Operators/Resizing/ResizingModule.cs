namespace Flama.Torch.Operators.Resizing;

/// <summary>Pictures and volumes in other sizes.</summary>
internal static class ResizingModule
{
    public static void AddTo(OperatorTable table)
    {
        foreach (var (kind, rank, name) in ((string, int, string)[])[("linear", 1, "upsample_linear1d"), ("linear", 2, "upsample_bilinear2d"), ("linear", 3, "upsample_trilinear3d"), ("cubic", 2, "upsample_bicubic2d")])
        {
            foreach (var (prefix, suffix) in rank == 2 ? ((string, string)[])[("", ""), ("_", "_aa")] : [("", "")])
            {
                var antialias = suffix.Length > 0;
                table.Add($"{prefix}{name}{suffix}(Tensor input, int[]? output_size, bool align_corners, float[]? scale_factors)", call => Resizes.Vector(call, rank, kind, antialias));
                table.Add($"{prefix}{name}{suffix}(Tensor self, int[] output_size, bool align_corners{Scales(rank)})", call => Resizes.Single(call, rank, kind, antialias));
            }
        }

        table.Add("_upsample_lanczos2d_aa(Tensor input, int[]? output_size, bool align_corners, float[]? scale_factors)", static call => Resizes.Vector(call, 2, "lanczos", true));
        table.Add($"_upsample_lanczos2d_aa(Tensor self, int[] output_size, bool align_corners{Scales(2)})", static call => Resizes.Single(call, 2, "lanczos", true));

        for (var dimensions = 1; dimensions <= 3; dimensions++)
        {
            var rank = dimensions;
            foreach (var (name, kind) in ((string, string)[])[("upsample_nearest", "nearest"), ("_upsample_nearest_exact", "nearest-exact")])
            {
                table.Add($"{name}{rank}d(Tensor input, int[]? output_size, float[]? scale_factors)", call => Resizes.Vector(call, rank, kind, false));
                table.Add($"{name}{rank}d(Tensor self, int[] output_size{Scales(rank)})", call => Resizes.Single(call, rank, kind, false));
            }
        }

        table.Add("grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners)", Grids.Sample);
        table.Add("grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners)", Grids.Sample);
        table.Add("affine_grid_generator(Tensor theta, int[] size, bool align_corners)", Grids.Affine);
    }

    private static string Scales(int rank) => rank switch
    {
        1 => ", float? scales=None",
        2 => ", float? scales_h=None, float? scales_w=None",
        _ => ", float? scales_d=None, float? scales_h=None, float? scales_w=None",
    };
}
