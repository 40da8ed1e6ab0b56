using System.Runtime.InteropServices;

namespace Flama.Onnx.Interop;

/// <summary>A session; released after its last run.</summary>
internal sealed class OrtSessionHandle : SafeHandle
{
    public OrtSessionHandle(nint session)
        : base(0, ownsHandle: true) => SetHandle(session);

    /// <summary>What has to go with the session; null for nothing.</summary>
    public IDisposable? Beside { get; init; }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Beside?.Dispose();
        Ort.ReleaseSession(handle);
        return true;
    }
}
