using Flama.Keras.Tests.Made;

namespace Flama.Keras.Tests.Layers;

/// <summary>Masks of attention are the same whether heads share keys or not.</summary>
public sealed class AttentionTests
{
    private const string Given = """{"query_mask": QUERY, "value_mask": VALUE, "key_mask": KEY, "attention_mask": ATTENTION}""";

    [Fact]
    public void GroupedQueries_WithAGroupAHead_AnswerAsHeadsDoWithEachMask()
    {
        var names = new[] { "QUERY", "VALUE", "KEY", "ATTENTION" };
        HashSet<double> first = [];

        foreach (var name in names)
        {
            var keywords = names.Aggregate(Given, (text, other) => text.Replace(other, other == name ? MadeKeras.Tensor("m") : "null", StringComparison.Ordinal));

            var heads = Answer("MultiHeadAttention", """{"name": "a", "num_heads": 2, "key_dim": 1}""", "multi_head_attention", keywords, name == "ATTENTION");
            var grouped = Answer("GroupQueryAttention", """{"name": "a", "num_query_heads": 2, "num_key_value_heads": 2, "head_dim": 1}""", "grouped_query_attention", keywords, name == "ATTENTION");

            Assert.Equal(heads, grouped);
            first.Add(grouped[0]);
        }

        // A mask of keys is one of values here; the others are not.
        Assert.Equal(3, first.Count);
    }

    private static double[] Answer(string className, string config, string group, string keywords, bool isSquare)
    {
        var mask = MadeKeras.Input("m", isSquare ? "[null, 3, 3]" : "[null, 3]", isSquare ? "int32" : "bool");
        var layer = MadeKeras.Layer(className, config, $"[{MadeKeras.Tensor("x")}, {MadeKeras.Tensor("x")}]", keywords);
        var weights = MadeKeras.Weights([
            .. new[] { "query", "key", "value" }.SelectMany((name, i) => new (string, object)[]
            {
                ($"layers/{group}/{name}_dense/vars/0", new float[,,] { { { 0.5f + i }, { -0.25f } } }), ($"layers/{group}/{name}_dense/vars/1", new float[,] { { 0.1f }, { i } }),
            }),
            ($"layers/{group}/output_dense/vars/0", new float[,,] { { { 1f } }, { { -0.5f } } }), ($"layers/{group}/output_dense/vars/1", new[] { 0.25f }),
        ]);
        var file = MadeKeras.Archive(MadeKeras.Functional(className.ToLowerInvariant(), ["x", "m"], MadeKeras.Input("x", "[null, 3, 1]"), mask, layer), weights);
        ModelTensor given = isSquare ? ModelTensor.Of<int>([1, 0, 1, 1, 1, 0, 0, 1, 1], 1, 3, 3) : ModelTensor.Of<bool>([false, true, true], 1, 3);
        return MadeKeras.Answer(file, [ModelTensor.Of<float>([1, -2, 3], 1, 3, 1), given]);
    }
}
