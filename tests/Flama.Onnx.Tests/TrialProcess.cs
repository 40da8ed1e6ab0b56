using System.Runtime.CompilerServices;

namespace Flama.Onnx.Tests;

/// <summary>This executable as the process that tries a graph.</summary>
internal static class TrialProcess
{
#pragma warning disable CA2255 // Has to come before the test runner's entry point.
    [ModuleInitializer]
    internal static void TryWhatIsAsked()
    {
        if (OnnxTrial.IsAsked)
        {
            Environment.Exit(OnnxTrial.Run());
        }
    }
#pragma warning restore CA2255
}
