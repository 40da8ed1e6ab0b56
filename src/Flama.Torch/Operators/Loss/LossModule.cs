namespace Flama.Torch.Operators.Loss;

/// <summary>Losses, which some models answer.</summary>
internal static class LossModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("mse_loss(Tensor self, Tensor target, int reduction=1)", static call => Losses.Reduced(call, call.Call("square", Losses.Difference(call))));
        table.Add("l1_loss(Tensor self, Tensor target, int reduction=1)", static call => Losses.Reduced(call, call.Call("abs", Losses.Difference(call))));
        table.Add("smooth_l1_loss(Tensor self, Tensor target, int reduction=1, float beta=1.0)", static call => Losses.Smooth(call, call.Double("beta"), 1));
        table.Add("huber_loss(Tensor self, Tensor target, int reduction=1, float delta=1.0)", static call => Losses.Smooth(call, call.Double("delta"), call.Double("delta")));
        table.Add("binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=1)", Losses.BinaryCrossEntropy);
        table.Add("binary_cross_entropy_with_logits(Tensor self, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=1)", Losses.BinaryCrossEntropyWithLogits);
        table.Add("poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction)", Losses.Poisson);
        table.Add("kl_div(Tensor self, Tensor target, int reduction=1, *, bool log_target=False)", Losses.KullbackLeibler);
        table.Add("soft_margin_loss(Tensor self, Tensor target, int reduction=1)", static call => Losses.Reduced(call, call.Call("log1p", call.Call("exp", call.Call("neg", call.Call("mul", call.Tensor("self"), call.Tensor("target")))))));
        table.Add("hinge_embedding_loss(Tensor self, Tensor target, float margin=1.0, int reduction=1)", Margins.HingeEmbedding);
        table.Add("margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=1)", Margins.Ranking);
        table.Add("triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2, float eps=1e-06, bool swap=False, int reduction=1)", Margins.Triplet);
        table.Add("cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=1)", Margins.CosineEmbedding);
        table.Add("multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=1)", Margins.Multi);
        table.Add("nll_loss_nd(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100)", static call => CrossEntropy.NegativeLogLikelihood(call, call.Tensor("self")));
        table.Add("nll_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100)", static call => CrossEntropy.NegativeLogLikelihood(call, call.Tensor("self")));
        table.Add("cross_entropy_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100, float label_smoothing=0.0)", CrossEntropy.OfLogits);
    }
}
