namespace Flama.Onnx.Graphs;

/// <summary>A whole ONNX model in memory: a graph, the functions that it calls, and the sets of operators that both are written in.</summary>
/// <remarks>
/// <para>Made by a program, node by node (<see cref="OnnxGraphBuilder"/> gives names), and written with <see cref="ToBytes"/>; or read from a file.</para>
/// <para>
/// What is read and not known here (annotations of quantizers, texts for people) is not kept: an original file is better handed on as it is. Not
/// thread-safe while it is changed.
/// </para>
/// </remarks>
public sealed class OnnxProgram
{
    /// <summary>The version of the format. Default 10: that of 2024.</summary>
    public long IrVersion { get; set; } = 10;

    /// <summary>The program that made the model.</summary>
    public string Producer { get; set; } = "flama";

    /// <summary>Its version.</summary>
    public string ProducerVersion { get; set; } = "";

    /// <summary>The versions of the sets of operators by domain; ONNX's own has the empty domain.</summary>
    public IDictionary<string, long> Opsets { get; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The graph; null for a file without one.</summary>
    public OnnxGraph? Graph { get; set; } = new();

    /// <summary>The operators that the file defines itself.</summary>
    public IList<OnnxFunction> Functions { get; } = [];

    /// <summary>What the model says of itself, by key.</summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads a model. Weights and lists stay where they are in the bytes.</summary>
    /// <param name="bytes">The file's content; not to be changed while the result is used.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="limits">How much it may ask for; null for the defaults.</param>
    /// <exception cref="FlamaException">
    /// The bytes are not such a message (<see cref="ErrorCodes.Corrupt"/>, <see cref="ErrorCodes.Truncated"/>), or over a limit
    /// (<see cref="ErrorCodes.LimitExceeded"/>).
    /// </exception>
    public static OnnxProgram Read(ReadOnlyMemory<byte> bytes, string name = "model", OnnxLimits? limits = null) =>
        new OnnxProgramReader(name, limits ?? OnnxLimits.Default).Read(bytes);

    /// <summary>Writes the model.</summary>
    /// <exception cref="FlamaException">It is larger than one file of the format can be, 2 GiB.</exception>
    public byte[] ToBytes() => OnnxProgramWriter.Write(this).ToArray();
}
