namespace Flama.Torch.Operators.Embedding;

/// <summary>Rows of tables by number.</summary>
internal static class EmbeddingModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("embedding(Tensor weight, Tensor indices, int padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False)", static call => Embeddings.Rows(call, call.Tensor("weight"), call.Tensor("indices")));
        table.Add("embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int? padding_idx=None)", Embeddings.Bags);
        table.Add("one_hot(Tensor self, int num_classes=-1)", Embeddings.OneHot);
    }
}
