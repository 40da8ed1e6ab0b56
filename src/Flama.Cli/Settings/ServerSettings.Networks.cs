namespace Flama.Cli.Settings;

/// <summary>Models that ONNX Runtime computes: ONNX, PyTorch, Keras, TensorFlow.</summary>
internal static partial class ServerSettings
{
    /// <summary>No graph is tried.</summary>
    public const string NeverTried = "never";

    /// <summary>Every graph is tried.</summary>
    public const string AlwaysTried = "always";

    public static readonly Setting<int?> OnnxThreads = new(
        "--server-onnx-threads", Kinds.OptionalNumber("COUNT", 1), null, "Threads that compute large networks, for all of them together. [default: one per processor]");

    public static readonly Setting<long?> OnnxMemory = new(
        "--server-onnx-memory", Kinds.OptionalBytes(1 << 20), null, "Most memory for the calls of all networks together, in bytes, beside their weights. [default: half of the machine's]");

    public static readonly Setting<double> OnnxLoopTime = new(
        "--server-onnx-loop-time", Kinds.Amount("SECONDS"), 30, "End calls of networks with loops after so long.");

    public static readonly Setting<string> OnnxTrial = new(
        "--server-onnx-trial",
        Kinds.Choice("later", AlwaysTried, NeverTried),
        "later",
        "Load networks in a process of their own first, which a hostile one may end: those that are loaded while the server runs, all, or none.");

    /// <summary>Those about networks.</summary>
    public static SettingGroup NetworkGroup => new("Networks", [OnnxThreads, OnnxMemory, OnnxLoopTime, OnnxTrial]);
}
