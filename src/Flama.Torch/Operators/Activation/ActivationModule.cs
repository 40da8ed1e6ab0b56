using Flama.Onnx.Graphs;

namespace Flama.Torch.Operators.Activation;

/// <summary>Activations.</summary>
internal static class ActivationModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("relu(Tensor self)", Activations.Relu);
        table.Add("relu6(Tensor self)", static call => call.Call("clamp", call.Tensor("self"), 0L, 6L));
        table.Add("sigmoid(Tensor self)", static call => call.Float("Sigmoid", call.Tensor("self")));
        table.Add("special_expit(Tensor self)", static call => call.Float("Sigmoid", call.Tensor("self")));
        table.Add("silu(Tensor self)", static call => call.Call("mul", call.Tensor("self"), call.Float("Sigmoid", call.Tensor("self"))));
        table.Add("mish(Tensor self)", static call => call.Float("Mish", call.Tensor("self")));
        table.Add("gelu(Tensor self, *, str approximate='none')", static call => call.Float("Gelu", call.Tensor("self"), OnnxAttribute.Of("approximate", call.Text("approximate"))));
        table.Add("elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1)", Activations.Elu);
        table.Add("selu(Tensor self)", static call => call.Float("Selu", call.Tensor("self")));
        table.Add("celu(Tensor self, Scalar alpha=1.0)", static call => call.Float("Celu", call.Tensor("self"), OnnxAttribute.Of("alpha", (float)call.Double("alpha"))));
        table.Add("leaky_relu(Tensor self, Scalar negative_slope=0.01)", static call => call.Float("LeakyRelu", call.Tensor("self"), OnnxAttribute.Of("alpha", (float)call.Double("negative_slope"))));
        table.Add("prelu(Tensor self, Tensor weight)", Activations.PRelu);
        table.Add("_prelu_kernel(Tensor self, Tensor weight)", Activations.PReluKernel);
        table.Add("rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, any generator=None)", Activations.RRelu);
        table.Add("rrelu_with_noise_functional(Tensor self, Tensor noise, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, any generator=None)", static call => OperatorCall.Tuple(Activations.RRelu(call), call.Tensor("noise")));
        table.Add("rrelu_with_noise(Tensor self, Tensor noise, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, any generator=None)", Activations.RRelu);
        table.Add("hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1)", static call => call.Call("clamp", call.Tensor("self"), call.Get("min_val"), call.Get("max_val")));
        table.Add("hardsigmoid(Tensor self)", static call => call.Float("HardSigmoid", call.Tensor("self"), OnnxAttribute.Of("alpha", 1f / 6), OnnxAttribute.Of("beta", 0.5f)));
        table.Add("hardswish(Tensor self)", static call => call.Float("HardSwish", call.Tensor("self")));
        table.Add("softplus(Tensor self, Scalar beta=1, Scalar threshold=20)", Activations.Softplus);
        table.Add("softsign(Tensor self)", static call => call.Call("div", call.Tensor("self"), call.Call("add", call.Call("abs", call.Tensor("self")), 1L)));
        table.Add("softshrink(Tensor self, Scalar lambd=0.5)", Activations.SoftShrink);
        table.Add("hardshrink(Tensor self, Scalar lambd=0.5)", Activations.HardShrink);
        table.Add("tanhshrink(Tensor self)", static call => call.Call("sub", call.Tensor("self"), call.Call("tanh", call.Tensor("self"))));
        table.Add("threshold(Tensor self, Scalar threshold, Scalar value)", Activations.Threshold);
        table.Add("log_sigmoid(Tensor self)", static call => call.Call("neg", call.Float("Softplus", call.Call("neg", call.Tensor("self")))));
        table.Add("log_sigmoid_forward(Tensor self)", static call => OperatorCall.Tuple(call.Call("log_sigmoid", call.Tensor("self")), call.Tensor("self")));
        table.Add("glu(Tensor self, int dim=-1)", Activations.Glu);
        table.Add("softmax(Tensor self, int dim, int? dtype=None)", static call => Activations.Softmax(call, "Softmax"));
        table.Add("log_softmax(Tensor self, int dim, int? dtype=None)", static call => Activations.Softmax(call, "LogSoftmax"));
        table.Add("_softmax(Tensor self, int dim, bool half_to_float)", static call => call.Call("softmax", call.Tensor("self"), call.Int("dim")));
        table.Add("_safe_softmax(Tensor self, int dim, int? dtype=None)", Activations.SafeSoftmax);
        table.Add("_log_softmax(Tensor self, int dim, bool half_to_float)", static call => call.Call("log_softmax", call.Tensor("self"), call.Int("dim")));
        foreach (var dropout in (string[])["dropout", "feature_dropout", "alpha_dropout", "feature_alpha_dropout"])
        {
            table.Add($"{dropout}(Tensor input, float p, bool train)", Activations.Dropout);
        }

        table.Add("native_dropout(Tensor input, float p, bool? train)", static call => OperatorCall.Tuple(Activations.Dropout(call), null));
    }
}
