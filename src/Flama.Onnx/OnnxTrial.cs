using System.Diagnostics;
using Flama.Onnx.Trials;

namespace Flama.Onnx;

/// <summary>Tries graphs in a process of their own before this one loads them: ONNX Runtime is native code, and a hostile graph can end the process that it is in. Thread-safe.</summary>
/// <remarks>
/// <para>
/// The process loads the graph as this one would and computes twice with zeros, with open lengths of 1 and 2. Where it ends otherwise than by itself, takes too long or grows too large, the graph is
/// refused. What a graph does with other inputs is not seen.
/// </para>
/// <para>A trial costs the start of a process, about 0.1 s, and the graph is loaded twice. The process is this program again, which has to ask at its start:</para>
/// <code>
/// if (OnnxTrial.IsAsked)
/// {
///     return OnnxTrial.Run();
/// }
/// </code>
/// </remarks>
public sealed class OnnxTrial
{
    /// <summary>The variable of the environment that tells a process to try a graph.</summary>
    public const string Variable = "FLAMA_ONNX_TRIAL";

    private readonly TimeSpan maxTime = TimeSpan.FromMinutes(1);
    private readonly long maxBytes = 1L << 30;

    /// <summary>Whether this process was started to try a graph.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Tries the graph that comes on standard input.</summary>
    /// <returns>The exit code: 0, whatever became of it.</returns>
    public static int Run() => TrialRun.Of(Console.OpenStandardInput(), Console.OpenStandardOutput());

    /// <summary>What to start; null for this program without arguments. <see cref="Variable"/> and the streams are added.</summary>
    public Func<ProcessStartInfo>? Start { get; init; }

    /// <summary>Whether a graph that is about to be loaded has to be tried, asked each time; null for always.</summary>
    public Func<bool>? IsNeeded { get; init; }

    /// <summary>How long a trial may take. Default one minute.</summary>
    public TimeSpan MaxTime
    {
        get => maxTime;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            maxTime = value;
        }
    }

    /// <summary>The most memory of the process in bytes, beyond eight times the size of the model. Default 1 GiB.</summary>
    public long MaxBytes
    {
        get => maxBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            maxBytes = value;
        }
    }
}
