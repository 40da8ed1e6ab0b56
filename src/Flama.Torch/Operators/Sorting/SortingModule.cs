namespace Flama.Torch.Operators.Sorting;

/// <summary>Order.</summary>
internal static class SortingModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("sort(Tensor self, int dim=-1, bool descending=False)", static call => Orders.Sort(call));
        table.Add("sort(Tensor self, *, bool? stable, int dim=-1, bool descending=False)", static call => Orders.Sort(call));
        table.Add("argsort(Tensor self, int dim=-1, bool descending=False)", static call => Orders.Sort(call).Items[1]);
        table.Add("argsort(Tensor self, *, bool stable, int dim=-1, bool descending=False)", static call => Orders.Sort(call).Items[1]);
        table.Add("topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True)", static call => Orders.Top(call, call.Tensor("self"), call.Size("k"), call.Int("dim"), call.Bool("largest")));
        table.Add("kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False)", Orders.Kth);
        table.Add("median(Tensor self)", static call => Orders.Median(call, null).Items[0]);
        table.Add("median(Tensor self, int dim, bool keepdim=False)", static call => Orders.Median(call, call.Int("dim")));
        table.Add("nanmedian(Tensor self)", static call => Orders.NanMedian(call));
        table.Add("quantile(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear')", Orders.Quantile);
        table.Add("quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear')", Orders.Quantile);
        table.Add("searchsorted(Tensor sorted_sequence, any self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None)", static call => Searches.Find(call, call.Tensor("sorted_sequence"), call.Tensor("self")));
        table.Add("bucketize(any self, Tensor boundaries, *, bool out_int32=False, bool right=False)", static call => Searches.Find(call, call.Tensor("boundaries"), call.Tensor("self")));
    }
}
