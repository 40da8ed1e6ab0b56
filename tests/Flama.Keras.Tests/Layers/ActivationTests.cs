using Flama.Keras.Tests.Made;

namespace Flama.Keras.Tests.Layers;

/// <summary>Layers that stand as activations of others keep what they were made with.</summary>
public sealed class ActivationTests
{
    [Fact]
    public void Activation_EluWithAlpha_UsesIt()
    {
        var answer = Answer("""{"module": "keras.layers", "class_name": "ELU", "config": {"name": "elu", "alpha": 0.5}, "registered_name": null}""", "[null, 2]", ModelTensor.Of<float>([-1, 2], 1, 2));

        Assert.Equal(0.5 * (Math.Exp(-1) - 1), answer[0], 1e-6);
        Assert.Equal(2, answer[1], 1e-6);
    }

    [Fact]
    public void Activation_SoftmaxWithAxis_SumsAlongIt()
    {
        var answer = Answer("""{"module": "keras.layers", "class_name": "Softmax", "config": {"name": "softmax", "axis": 1}, "registered_name": null}""", "[null, 2, 3]", ModelTensor.Of<float>([1, 2, 3, 4, 5, 6], 1, 2, 3));

        // Each column has the same difference of 3.
        Assert.All(answer[..3], number => Assert.Equal(1 / (1 + Math.Exp(3)), number, 1e-6));
    }

    [Fact]
    public void Activation_ThatIsALayerWithVariables_HasThem()
    {
        var dense = MadeKeras.Layer("Dense", """{"name": "dense", "units": 2, "use_bias": false, "activation": {"module": "keras.layers", "class_name": "PReLU", "config": {"name": "p"}, "registered_name": null} }""");
        var weights = MadeKeras.Weights(("layers/dense/vars/0", new float[,] { { 1, 0 }, { 0, 1 } }), ("layers/dense/activation/vars/0", new[] { 0.5f, 0.25f }));

        Assert.Equal([-0.5, -1], MadeKeras.Answer(MadeKeras.Archive(MadeKeras.Sequential("[null, 2]", dense), weights), ModelTensor.Of<float>([-1, -4], 1, 2)));
    }

    private static double[] Answer(string activation, string shape, ModelTensor input) =>
        MadeKeras.Answer(MadeKeras.Archive(MadeKeras.Sequential(shape, MadeKeras.Layer("Activation", $$"""{"name": "activation", "activation": {{activation}}}"""))), input);
}
