using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Shaping;

/// <summary>Shapes: asked for, changed, joined and cut.</summary>
internal static class ShapingModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("size(Tensor self)", static call => call.List(call.Tensor("self").Shape));
        table.Add("size(Tensor self, int dim)", static call => call.Tensor("self").Shape[call.Dim(call.Int("dim"), call.Tensor("self").Rank)]);
        table.Add("sym_size(Tensor self, int dim)", static call => call.Tensor("self").Shape[call.Dim(call.Int("dim"), call.Tensor("self").Rank)]);
        table.Add("dim(Tensor self)", static call => (long)call.Tensor("self").Rank);
        table.Add("numel(Tensor self)", static call => SymMath.Product(call.Tensor("self").Shape));
        table.Add("sym_numel(Tensor self)", static call => SymMath.Product(call.Tensor("self").Shape));
        table.Add("len(Tensor self)", static call => call.Tensor("self").Shape[0]);
        table.Add("reshape(Tensor self, int[] shape)", static call => Views.Reshape(call, call.Tensor("self"), call.Sizes("shape")));
        table.Add("view(Tensor self, int[] size)", static call => Views.Reshape(call, call.Tensor("self"), call.Sizes("size")));
        table.Add("_unsafe_view(Tensor self, int[] size)", static call => Views.Reshape(call, call.Tensor("self"), call.Sizes("size")));
        table.Add("view_as(Tensor self, Tensor other)", static call => Views.Reshape(call, call.Tensor("self"), call.Tensor("other").Shape));
        table.Add("reshape_as(Tensor self, Tensor other)", static call => Views.Reshape(call, call.Tensor("self"), call.Tensor("other").Shape));
        table.Add("flatten(Tensor self, int start_dim=0, int end_dim=-1)", Views.Flatten);
        table.Add("unflatten(Tensor self, int dim, int[] sizes)", Views.Unflatten);
        table.Add("ravel(Tensor self)", static call => Views.Reshape(call, call.Tensor("self"), [-1L]));
        table.Add("squeeze(Tensor self)", static call => Views.Squeeze(call, null));
        table.Add("squeeze(Tensor self, int[] dim)", static call => Views.Squeeze(call, call.Ints("dim")));
        table.Add("unsqueeze(Tensor self, int dim)", Views.Unsqueeze);
        table.Add("transpose(Tensor self, int dim0, int dim1)", static call => Views.Swap(call, call.Int("dim0"), call.Int("dim1")));
        table.Add("swapaxes(Tensor self, int axis0, int axis1)", static call => Views.Swap(call, call.Int("axis0"), call.Int("axis1")));
        table.Add("swapdims(Tensor self, int dim0, int dim1)", static call => Views.Swap(call, call.Int("dim0"), call.Int("dim1")));
        table.Add("t(Tensor self)", static call => call.Tensor("self").Rank < 2 ? call.Tensor("self") : Views.Swap(call, 0, 1));
        table.Add("mT(Tensor self)", static call => Views.Swap(call, -2, -1));
        table.Add("adjoint(Tensor self)", static call => Views.Swap(call, -2, -1));
        table.Add("numpy_T(Tensor self)", static call => Views.Permute(call, call.Tensor("self"), [.. Enumerable.Range(0, call.Tensor("self").Rank).Reverse()]));
        table.Add("permute(Tensor self, int[] dims)", static call => Views.Permute(call, call.Tensor("self"), [.. call.Ints("dims").Select(dim => call.Dim(dim, call.Tensor("self").Rank))]));
        table.Add("movedim(Tensor self, int[] source, int[] destination)", Views.MoveDim);
        table.Add("moveaxis(Tensor self, int[] source, int[] destination)", Views.MoveDim);
        table.Add("expand(Tensor self, int[] size, *, bool implicit=False)", Views.Expand);
        table.Add("broadcast_to(Tensor self, int[] size)", Views.Expand);
        table.Add("expand_as(Tensor self, Tensor other)", static call => call.Call("expand", call.Tensor("self"), call.List(call.Tensor("other").Shape)));
        table.Add("select(Tensor self, int dim, int index)", Slices.Select);
        table.Add("slice(Tensor self, int dim=0, int? start=None, int? end=None, int step=1)", Slices.Slice);
        table.Add("narrow(Tensor self, int dim, int start, int length)", Slices.Narrow);
        table.Add("split(Tensor self, int split_size, int dim=0)", static call => Slices.Split(call, "split_size"));
        table.Add("split(Tensor self, int[1] split_size, int dim=0)", static call => Slices.SplitSizes(call, "split_size"));
        table.Add("unsafe_split(Tensor self, int split_size, int dim=0)", static call => Slices.Split(call, "split_size"));
        table.Add("split_with_sizes(Tensor self, int[] split_sizes, int dim=0)", static call => Slices.SplitSizes(call, "split_sizes"));
        table.Add("chunk(Tensor self, int chunks, int dim=0)", Slices.Chunk);
        table.Add("unsafe_chunk(Tensor self, int chunks, int dim=0)", Slices.Chunk);
        table.Add("tensor_split(Tensor self, int sections, int dim=0)", Slices.TensorSplit);
        table.Add("tensor_split(Tensor self, int[1] indices, int dim=0)", Slices.TensorSplitAt);
        table.Add("unbind(Tensor self, int dim=0)", Slices.Unbind);
        table.Add("cat(Tensor[] tensors, int dim=0)", Joins.Cat);
        table.Add("concat(Tensor[] tensors, int dim=0)", Joins.Cat);
        table.Add("stack(Tensor[] tensors, int dim=0)", Joins.Stack);
        table.Add("hstack(Tensor[] tensors)", static call => Joins.Along(call, 1, 1));
        table.Add("vstack(Tensor[] tensors)", static call => Joins.Along(call, 0, 2));
        table.Add("dstack(Tensor[] tensors)", static call => Joins.Along(call, 2, 3));
        table.Add("atleast_1d(Tensor self)", static call => Joins.AtLeast(call, call.Tensor("self"), 1));
        table.Add("atleast_2d(Tensor self)", static call => Joins.AtLeast(call, call.Tensor("self"), 2));
        table.Add("atleast_3d(Tensor self)", static call => Joins.AtLeast(call, call.Tensor("self"), 3));
        table.Add("repeat(Tensor self, int[] repeats)", static call => Repeats.Repeat(call, call.Tensor("self"), call.Sizes("repeats")));
        table.Add("tile(Tensor self, int[] dims)", static call => Repeats.Repeat(call, call.Tensor("self"), call.Sizes("dims")));
        table.Add("repeat_interleave(Tensor self, int repeats, int? dim=None, *, int? output_size=None)", Repeats.Interleave);
        table.Add("flip(Tensor self, int[] dims)", Repeats.Flip);
        table.Add("fliplr(Tensor self)", static call => call.Call("flip", call.Tensor("self"), call.List([1L])));
        table.Add("flipud(Tensor self)", static call => call.Call("flip", call.Tensor("self"), call.List([0L])));
        table.Add("roll(Tensor self, int[] shifts, int[] dims=[])", Repeats.Roll);
        table.Add("rot90(Tensor self, int k, int[] dims)", Repeats.Rotate);
        table.Add("unfold(Tensor self, int dimension, int size, int step)", Repeats.Unfold);
        table.Add("pixel_shuffle(Tensor self, int upscale_factor)", Repeats.PixelShuffle);
        table.Add("pixel_unshuffle(Tensor self, int downscale_factor)", Repeats.PixelUnshuffle);
        table.Add("channel_shuffle(Tensor self, int groups)", Repeats.ChannelShuffle);
        table.Add("meshgrid(Tensor[] tensors, *, str indexing='ij')", Joins.MeshGrid);
        table.Add("broadcast_tensors(Tensor[] tensors)", Joins.BroadcastTensors);
        table.Add("constant_pad_nd(Tensor self, int[] pad, Scalar value=0)", static call => Padding.Constant(call, call.Tensor("self"), call.Ints("pad"), call.Size("value")));
        table.Add("pad(Tensor self, int[] pad, str mode='constant', float? value=None)", Padding.Pad);
        foreach (var (name, mode) in ((string, string)[])[("reflection", "reflect"), ("replication", "replicate")])
        {
            for (var rank = 1; rank <= 3; rank++)
            {
                table.Add($"{name}_pad{rank}d(Tensor self, int[] padding)", call => Padding.Around(call, call.Tensor("self"), call.Ints("padding"), mode));
            }
        }
    }
}
