namespace Flama.Torch.Operators.Normalization;

/// <summary>Normalisations.</summary>
internal static class NormalizationModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled)", Normalizations.BatchNorm);
        table.Add("native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps)", static call => OperatorCall.Tuple(Normalizations.BatchNorm(call), null, null));
        table.Add("_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, float momentum, float eps)", static call => OperatorCall.Tuple(Normalizations.Running(call), null, null));
        table.Add("_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, bool training, float momentum, float eps)", static call => OperatorCall.Tuple(Normalizations.BatchNorm(call), null, null));
        table.Add("_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, bool training, float momentum, float eps)", static call => OperatorCall.Tuple(Normalizations.OfBatch(call), null, null));
        table.Add("layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True)", Normalizations.LayerNorm);
        table.Add("native_layer_norm(Tensor input, int[] normalized_shape, Tensor? weight, Tensor? bias, float eps)", static call => OperatorCall.Tuple(Normalizations.LayerNorm(call), null, null));
        table.Add("rms_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None)", Normalizations.RmsNorm);
        table.Add("group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True)", static call => Normalizations.GroupNorm(call, call.Int("num_groups")));
        table.Add("native_group_norm(Tensor input, Tensor? weight, Tensor? bias, int N, int C, int HxW, int group, float eps)", static call => OperatorCall.Tuple(Normalizations.GroupNorm(call, call.Int("group")), null, null));
        table.Add("instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled)", Normalizations.InstanceNorm);
    }
}
