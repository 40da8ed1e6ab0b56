namespace Flama.Boosters.CatBoost.Reading;

/// <summary>Reads the trees of CatBoost's JSON.</summary>
internal static class JsonTrees
{
    /// <summary>Symmetric trees.</summary>
    public static TreeShapes ReadSymmetric(JsonPart trees)
    {
        List<int> splits = [];
        List<int> depths = [];
        List<double> leaves = [];
        foreach (var tree in trees.Items())
        {
            var start = splits.Count;
            foreach (var split in tree.Items("splits"))
            {
                splits.Add(split.Get("split_index").Int32());
            }

            depths.Add(splits.Count - start);
            leaves.AddRange(tree.Get("leaf_values").Doubles());
        }

        return new([.. leaves]) { Splits = [.. splits], Depths = [.. depths] };
    }

    /// <summary>Trees of nested questions.</summary>
    /// <param name="trees">The list of them.</param>
    /// <param name="width">Values per leaf.</param>
    /// <param name="errors">Whose they are.</param>
    public static TreeShapes ReadNodes(JsonPart trees, int width, BoosterErrors errors)
    {
        List<TreeNode> nodes = [];
        List<double> leaves = [];
        List<int> roots = [];
        foreach (var tree in trees.Items())
        {
            roots.Add(ReadNode(tree));
        }

        return new([.. leaves]) { Nodes = [.. nodes], Roots = [.. roots] };

        // As deep as the document nests, which is bounded.
        int ReadNode(JsonPart node)
        {
            if (node.Find("split") is not { } split)
            {
                return ReadLeaf(node.Get("value"));
            }

            var at = nodes.Count;
            nodes.Add(TreeNode.None);
            nodes[at] = new(split.Get("split_index").Int32(), ReadNode(node.Get("left")), ReadNode(node.Get("right")));
            return at;
        }

        int ReadLeaf(JsonPart value)
        {
            var start = leaves.Count;
            if (value.IsList)
            {
                leaves.AddRange(value.Doubles());
            }
            else
            {
                leaves.Add(value.Double());
            }

            return leaves.Count - start == width ? ~start : throw errors.Fail($"a leaf has {leaves.Count - start} values, and the model {width} outputs");
        }
    }
}
