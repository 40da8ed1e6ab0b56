namespace Flama.Processing.Outputs;

/// <summary>What makes probabilities of logits.</summary>
internal enum Activation
{
    /// <summary>Along the last dimension, so that they sum to 1.</summary>
    Softmax,

    /// <summary>Each on its own.</summary>
    Sigmoid,
}
