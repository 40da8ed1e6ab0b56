namespace Flama.Torch.Operators.Recurrent;

/// <summary>What a recurrent layer computes at each step.</summary>
/// <param name="Onnx">The node's operator.</param>
/// <param name="Order">torch's blocks of gates in ONNX's order.</param>
/// <param name="Activation">The activation of a plain cell; null for gates.</param>
internal sealed record Cell(string Onnx, IReadOnlyList<int> Order, string? Activation)
{
    /// <summary>Gates i, f, g, o; ONNX has i, o, f, c.</summary>
    public static Cell Lstm { get; } = new("LSTM", [0, 3, 1, 2], null);

    /// <summary>Gates r, z, n; ONNX has z, r, h.</summary>
    public static Cell Gru { get; } = new("GRU", [1, 0, 2], null);

    public static Cell Tanh { get; } = new("RNN", [0], "Tanh");

    public static Cell Relu { get; } = new("RNN", [0], "Relu");
}
