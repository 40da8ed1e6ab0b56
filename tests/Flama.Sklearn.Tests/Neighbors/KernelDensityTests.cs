using System.Buffers.Binary;
using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Tests.Neighbors;

public sealed class KernelDensityTests
{
    // Node i has rows start to end; the root two leaves.
    private static readonly (long Start, long End, bool IsLeaf)[] Sound = [(0, 4, false), (0, 2, true), (2, 4, true)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_TreeOfTwoLeaves_IsTheSumOfAllRows(bool isBreadthFirst)
    {
        var model = Pickled.Build(Model(Sound, isBreadthFirst));
        using var rows = Rows.Of([0.5]);

        var density = Math.Exp(model.Run(Method.ScoreSamples, rows)[0]);

        double[] distances = [0.5, 0.5, 3.5, 4.5];
        Assert.Equal(distances.Average(d => Math.Exp(-0.5 * d * d) / Math.Sqrt(2 * Math.PI)), density, 1e-14);
    }

    public static TheoryData<string> Damages() => ["child beyond the nodes", "rows beyond the data", "rows that children share", "row number beyond the data"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void Build_UnsoundTree_IsAnInvalidModel(string damage)
    {
        (long, long, bool)[] nodes = damage switch
        {
            "child beyond the nodes" => [(0, 4, false), (0, 2, false), (2, 4, true)],
            "rows beyond the data" => [(0, 5, false), (0, 2, true), (2, 5, true)],
            "rows that children share" => [(0, 4, false), (0, 4, true), (0, 4, true)],
            _ => Sound,
        };

        var exception = Assert.Throws<FlamaException>(() => Pickled.Build(Model(nodes, true, damage == "row number beyond the data" ? 4 : 3)));

        Assert.Equal(ErrorCodes.InvalidModel, exception.Code);
    }

    private static PickleObject Model((long Start, long End, bool IsLeaf)[] nodes, bool isBreadthFirst, long lastRow = 3)
    {
        object?[] parts =
        [
            Pickled.Array([0, 1, 4, 5], 4, 1), Pickled.Integers(0, 1, 2, lastRow), Nodes(nodes), Pickled.Array([0, 0, 4, 5, 1, 5], 2, 3, 1), 2L, 2L, 3L, 0L, 0L, 0L, 0L, null, null,
        ];
        var tree = new PickleObject(new GlobalName("sklearn.neighbors._kd_tree", "KDTree"), new PickleTuple([])) { State = new PickleTuple(parts) };
        return Pickled.Estimator(
            "sklearn.neighbors._kde",
            "KernelDensity",
            ("n_features_in_", 1L),
            ("kernel", "gaussian"),
            ("metric", "euclidean"),
            ("bandwidth", 1.0),
            ("breadth_first", isBreadthFirst),
            ("tree_", tree));
    }

    private static NdArray Nodes((long Start, long End, bool IsLeaf)[] nodes)
    {
        var bytes = new byte[32 * nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32 * i), nodes[i].Start);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((32 * i) + 8), nodes[i].End);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((32 * i) + 16), nodes[i].IsLeaf ? 1 : 0);
        }

        var type = new DType(DTypeKind.Record, 32)
        {
            Fields = [new("idx_start", DType.Int64, 0), new("idx_end", DType.Int64, 8), new("is_leaf", DType.Int64, 16), new("radius", DType.Float64, 24)],
        };
        return new NdArray(type, [nodes.Length], bytes);
    }
}
