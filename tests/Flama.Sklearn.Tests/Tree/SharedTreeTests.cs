using System.Buffers.Binary;
using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Tests.Tree;

public sealed class SharedTreeTests
{
    private static readonly string[] Integers = ["left_child", "right_child", "feature"];

    [Fact]
    public void Forest_OfDifferentTrees_IsBuilt()
    {
        var forest = Pickled.Build(Forest([Tree(Nodes()), Tree(Nodes())]));

        Assert.True(forest.Has(Method.Predict));
    }

    // Each more name of a tree would cost a copy of it.
    [Fact]
    public void Forest_OneTreeNamedTwice_IsRefused()
    {
        var tree = Tree(Nodes());

        var error = Assert.Throws<FlamaException>(() => Pickled.Build(Forest([tree, tree])));

        Assert.Equal(ErrorCodes.InvalidModel, error.Code);
        Assert.Contains("those of a tree before it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forest_TreesThatShareTheirNodes_IsRefused()
    {
        var nodes = Nodes();

        Assert.Throws<FlamaException>(() => Pickled.Build(Forest([Tree(nodes), Tree(nodes)])));
    }

    private static PickleObject Forest(object?[] trees) => Pickled.Estimator(
        "sklearn.ensemble._forest", "RandomForestRegressor", ("n_features_in_", 1L), ("estimators_", new List<object?>(trees)));

    private static PickleObject Tree(NdArray nodes) => Pickled.Estimator(
        "sklearn.tree._classes",
        "DecisionTreeRegressor",
        ("splitter", "best"),
        ("criterion", "squared_error"),
        ("tree_", Pickled.Estimator(
            "sklearn.tree._tree", "Tree", ("node_count", 3L), ("nodes", nodes), ("values", Pickled.Array([0, 1, 2], 3, 1, 1)))));

    // A split at 0.5 and two leaves.
    private static NdArray Nodes()
    {
        DTypeField[] fields =
        [
            .. Integers.Select((name, i) => new DTypeField(name, DType.Int64, i * 8)),
            new("threshold", DType.Float64, 24),
        ];
        var data = new byte[3 * 32];
        long[][] rows = [[1, 2, 0], [-1, -1, -2], [-1, -1, -2]];
        for (var node = 0; node < rows.Length; node++)
        {
            for (var i = 0; i < Integers.Length; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan((node * 32) + (i * 8)), rows[node][i]);
            }

            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan((node * 32) + 24), 0.5);
        }

        return new NdArray(new DType(DTypeKind.Record, 32) { Fields = fields }, [3], data);
    }
}
