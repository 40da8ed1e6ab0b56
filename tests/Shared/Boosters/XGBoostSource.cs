namespace Flama.Tests;

/// <summary>Writes XGBoost's documents by hand.</summary>
internal static class XGBoostSource
{
    /// <summary>A document with trees.</summary>
    public static string Document(
        string trees,
        string objective = "reg:squarederror",
        string baseScore = "0",
        string parameters = "\"num_class\":\"0\",\"num_feature\":\"2\",\"num_target\":\"1\"",
        string? model = null,
        string booster = "\"name\":\"gbtree\"",
        string learner = "\"feature_names\":[]") => $$"""
        {"learner":{"attributes":{},{{learner}},
          "gradient_booster":{ {{booster}}, "model":{"gbtree_model_param":{"num_parallel_tree":"1"},{{model ?? InfoOf(trees)}},"trees":[{{trees}}]} },
          "learner_model_param":{"base_score":"{{baseScore}}",{{parameters}}},
          "objective":{"name":"{{objective}}"} },"version":[3,1,0]}
        """;

    /// <summary>A tree that splits feature 0 at 0.5: 1 to the left, 2 to the right.</summary>
    public static string OneTree(string more = "", string defaultLeft = "[1,0,0]", string conditions = "[0.5,1,2]", string leaf = "1") => $$"""
        {"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_indices":[0,0,0],"split_conditions":{{conditions}},
         "default_left":{{defaultLeft}},"tree_param": {"size_leaf_vector":"{{leaf}}"}{{more}} }
        """;

    // All trees belong to the only score.
    private static string InfoOf(string trees) => $"\"tree_info\":[{string.Join(',', Enumerable.Repeat(0, trees.Split("left_children").Length - 1))}]";
}
