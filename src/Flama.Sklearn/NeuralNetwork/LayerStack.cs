using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.NeuralNetwork;

/// <summary>The layers of a multi-layer perceptron: aᵢ₊₁ = f(aᵢ·Wᵢ + bᵢ), the last with its own activation.</summary>
internal sealed class LayerStack
{
    private readonly AffineMap[] layers;
    private readonly Activation hidden;
    private readonly Activation last;
    private readonly int widest;

    public LayerStack(EstimatorState state)
    {
        var weights = state.Matrices("coefs_");
        var biases = state.Vectors("intercepts_");
        if (weights.Length == 0 || weights.Length != biases.Length)
        {
            throw state.Fail($"it has {weights.Length} weight matrices and {biases.Length} intercepts");
        }

        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i].Columns != biases[i].Length || (i > 0 && weights[i].Rows != weights[i - 1].Columns))
            {
                throw state.Fail($"the shapes of layer {i} do not fit: weights ({weights[i].Rows}, {weights[i].Columns}), intercepts ({biases[i].Length},)");
            }
        }

        layers = [.. weights.Select((matrix, i) => new AffineMap(matrix, biases[i]))];
        hidden = Activation.Find(state, "activation");
        last = Activation.Find(state, "out_activation_");
        widest = layers.Max(layer => layer.Outputs);
    }

    /// <summary>Columns of the input.</summary>
    public int Inputs => layers[0].Inputs;

    /// <summary>Columns of the output.</summary>
    public int Outputs => layers[^1].Outputs;

    /// <summary>Computes the last layer's activations.</summary>
    /// <param name="input">Numeric rows.</param>
    /// <param name="output"><see cref="Outputs"/> columns.</param>
    public void Forward(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(2 * input.Rows * widest);
        var current = scratch.Span[..(input.Rows * widest)];
        var next = scratch.Span[(input.Rows * widest)..];
        ReadOnlySpan<double> values = input.Numbers;
        for (var i = 0; i < layers.Length - 1; i++)
        {
            var activations = current[..(input.Rows * layers[i].Outputs)];
            var slice = new OutputSlice(activations, layers[i].Outputs);
            layers[i].Apply(values, slice);
            hidden.Apply(slice);
            values = activations;
            var free = current;
            current = next;
            next = free;
        }

        layers[^1].Apply(values, output);
        last.Apply(output);
    }
}
