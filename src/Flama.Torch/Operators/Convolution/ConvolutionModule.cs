namespace Flama.Torch.Operators.Convolution;

/// <summary>Convolutions, forward and transposed.</summary>
internal static class ConvolutionModule
{
    public static void AddTo(OperatorTable table)
    {
        for (var rank = 1; rank <= 3; rank++)
        {
            table.Add($"conv{rank}d(Tensor input, Tensor weight, Tensor? bias=None, int[] stride=1, int[] padding=0, int[] dilation=1, int groups=1)", Convolutions.Forward);
            table.Add($"conv{rank}d(Tensor input, Tensor weight, Tensor? bias=None, int[] stride=1, str padding='valid', int[] dilation=1, int groups=1)", Convolutions.Named);
            table.Add($"conv_transpose{rank}d(Tensor input, Tensor weight, Tensor? bias=None, int[] stride=1, int[] padding=0, int[] output_padding=0, int groups=1, int[] dilation=1)", Convolutions.Transposed);
        }

        table.Add("_convolution(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, bool transposed, int[] output_padding, int groups, bool benchmark, bool deterministic, bool cudnn_enabled, bool allow_tf32=True)", Convolutions.Either);
        table.Add("convolution(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, bool transposed, int[] output_padding, int groups)", Convolutions.Either);
        table.Add("_convolution_mode(Tensor input, Tensor weight, Tensor? bias, int[] stride, str padding, int[] dilation, int groups)", Convolutions.Named);
        table.Add("im2col(Tensor self, int[] kernel_size, int[] dilation, int[] padding, int[] stride)", Columns.Unfold);
        table.Add("col2im(Tensor self, int[] output_size, int[] kernel_size, int[] dilation, int[] padding, int[] stride)", Columns.Fold);
    }
}
