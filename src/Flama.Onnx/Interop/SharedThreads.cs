using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Onnx.Interop;

/// <summary>The threads of the pool that large models share. ONNX Runtime asks for them with its environment; they start with the first model that uses them.</summary>
internal static unsafe class SharedThreads
{
    private static readonly Lock Starting = new();
    private static readonly List<(nint Work, nint Argument)> Waiting = [];
    private static bool isStarted;
    private static nint created;

    /// <summary>Notes a thread that ONNX Runtime asks for.</summary>
    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged<nint, void>, nint, nint> Create => &OnCreate;

    /// <summary>Hears that ONNX Runtime is done with a thread: never, since the environment is not released.</summary>
    public static delegate* unmanaged[Cdecl]<nint, void> Join => &OnJoin;

    /// <summary>Starts the threads that were asked for, and from now on those that are.</summary>
    public static void Start()
    {
        lock (Starting)
        {
            isStarted = true;
            foreach (var (work, argument) in Waiting)
            {
                Run(work, argument);
            }

            Waiting.Clear();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnCreate(nint options, delegate* unmanaged<nint, void> work, nint argument)
    {
        lock (Starting)
        {
            if (isStarted)
            {
                Run((nint)work, argument);
            }
            else
            {
                Waiting.Add(((nint)work, argument));
            }

            return ++created;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnJoin(nint thread)
    {
    }

    private static void Run(nint work, nint argument) =>
        new Thread(() => ((delegate* unmanaged<nint, void>)work)(argument)) { IsBackground = true, Name = "onnx" }.Start();
}
