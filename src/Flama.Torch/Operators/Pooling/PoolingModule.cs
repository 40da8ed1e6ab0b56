namespace Flama.Torch.Operators.Pooling;

/// <summary>Pools.</summary>
internal static class PoolingModule
{
    public static void AddTo(OperatorTable table)
    {
        for (var rank = 1; rank <= 3; rank++)
        {
            var dimensions = rank;
            table.Add($"max_pool{rank}d(Tensor self, int[] kernel_size, int[] stride=[], int[] padding=0, int[] dilation=1, bool ceil_mode=False)", call => MaxPools.Largest(call, dimensions));
            table.Add($"max_pool{rank}d_with_indices(Tensor self, int[] kernel_size, int[] stride=[], int[] padding=0, int[] dilation=1, bool ceil_mode=False)", call => MaxPools.WithIndices(call, dimensions));
            table.Add($"avg_pool{rank}d(Tensor self, int[] kernel_size, int[] stride=[], int[] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None)", call => AveragePools.Average(call, dimensions));
            table.Add($"adaptive_avg_pool{rank}d(Tensor self, int[] output_size)", call => AdaptivePools.Average(call, dimensions));
            table.Add($"_adaptive_avg_pool{rank}d(Tensor self, int[] output_size)", call => AdaptivePools.Average(call, dimensions));
            table.Add($"adaptive_max_pool{rank}d(Tensor self, int[] output_size)", call => AdaptivePools.Largest(call, dimensions));
        }

        table.Add("max_pool1d_with_indices(Tensor self, int[] kernel_size, int[] stride=[], int[] padding=0, int[] dilation=1, bool ceil_mode=False)", static call => MaxPools.WithIndices(call, 1));
        table.Add("max_unpool2d(Tensor self, Tensor indices, int[] output_size)", MaxPools.Unpool);
    }
}
