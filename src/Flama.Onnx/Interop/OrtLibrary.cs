using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Onnx.Interop;

/// <summary>The native library of ONNX Runtime, loaded when it is first needed.</summary>
internal static unsafe partial class OrtLibrary
{
    // The version of the interface that this code is written for; later libraries have it too.
    private const uint ApiVersion = 31;

    private const string Remedy =
        "Add the package Microsoft.ML.OnnxRuntime (1.31 or later) for this platform, or put the library "
        + "(libonnxruntime.so, libonnxruntime.dylib, onnxruntime.dll) beside the program.";

    private static readonly Lazy<nint> Loaded = new(Load);

    /// <summary>The table of functions; found once, when first asked for.</summary>
    /// <exception cref="FlamaException">The library is not there, or too old (<see cref="ErrorCodes.UnsupportedFramework"/>).</exception>
    public static void** Functions => (void**)Loaded.Value;

    // Official builds of the library send usage data and keep a database under the home directory, unless they see this in the C library's environment
    // before the first of their objects is made. Environment.SetEnvironmentVariable changes only .NET's own copy.
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "Has to come before any object of the library, whoever makes it.")]
    internal static void DisableTelemetry()
    {
        Environment.SetEnvironmentVariable("ORT_DISABLE_TELEMETRY", "1");
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironment("ORT_DISABLE_TELEMETRY", "1", 1);
        }
    }

    private static nint Load()
    {
        try
        {
            var versions = (void**)GetApiBase();
            var functions = ((delegate* unmanaged<uint, nint>)versions[0])(ApiVersion);
            return functions != 0 ? functions : throw Missing($"is of version {Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)versions[1])())}, too old", null);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw Missing("cannot be loaded", failure);
        }
    }

    private static FlamaException Missing(string why, Exception? failure) => new(
        ErrorCodes.UnsupportedFramework, $"The library of ONNX Runtime for {RuntimeInformation.RuntimeIdentifier} {why}.", Remedy, failure);

    [LibraryImport("onnxruntime", EntryPoint = "OrtGetApiBase")]
    private static partial nint GetApiBase();

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
