namespace Flama.Torch.Operators.Linear;

/// <summary>Products of matrices and vectors.</summary>
internal static class LinearModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("linear(Tensor input, Tensor weight, Tensor? bias=None)", Products.Linear);
        foreach (var name in (string[])["mm", "bmm", "mv", "dot", "vdot"])
        {
            table.Add($"{name}(Tensor self, Tensor mat2)", static call => Products.MatMul(call, call.Tensor("self"), call.Tensor("mat2")));
        }

        table.Add("mv(Tensor self, Tensor vec)", static call => Products.MatMul(call, call.Tensor("self"), call.Tensor("vec")));
        table.Add("dot(Tensor self, Tensor tensor)", static call => Products.MatMul(call, call.Tensor("self"), call.Tensor("tensor")));
        table.Add("matmul(Tensor self, Tensor other)", static call => Products.MatMul(call, call.Tensor("self"), call.Tensor("other")));
        table.Add("addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1)", static call => Products.Added(call, "mat1", "mat2"));
        table.Add("addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1)", static call => Products.Added(call, "mat", "vec"));
        table.Add("baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1)", static call => Products.Added(call, "batch1", "batch2"));
        table.Add("outer(Tensor self, Tensor vec2)", static call => Products.Outer(call));
        table.Add("einsum(str equation, Tensor[] tensors, *, int[]? path=None)", Sums.Einsum);
        table.Add("tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other)", Sums.TensorDot);
        table.Add("kron(Tensor self, Tensor other)", Products.Kron);
        table.Add("bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None)", Products.Bilinear);
        table.Add("_weight_norm(Tensor v, Tensor g, int dim=0)", Products.WeightNorm);
        table.Add("cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08)", Products.CosineSimilarity);
        table.Add("det(Tensor self)", static call => Products.Determinant(call, call.Tensor("self")));
        table.Add("linalg_det(Tensor A)", static call => Products.Determinant(call, call.Tensor("A")));
        table.Add("linalg_inv(Tensor A)", static call => Inverse.Invert(call, call.Tensor("A")));
        table.Add("inverse(Tensor self)", static call => Inverse.Invert(call, call.Tensor("self")));
    }
}
