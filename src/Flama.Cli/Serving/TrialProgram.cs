using System.Runtime.CompilerServices;
using Flama.Onnx;

namespace Flama.Cli.Serving;

/// <summary>The tool as the process that a server starts to try a network.</summary>
internal static class TrialProgram
{
    /// <summary>Whether this process is one; a constant is read, no other assembly is loaded.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable(OnnxTrial.Variable) is { Length: > 0 };

    /// <summary>Tries what comes on standard input.</summary>
    /// <returns>The exit code.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Run() => OnnxTrial.Run();
}
