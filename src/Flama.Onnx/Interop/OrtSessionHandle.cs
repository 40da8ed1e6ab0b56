using System.Runtime.InteropServices;

namespace Flama.Onnx.Interop;

/// <summary>A session; released after its last run.</summary>
internal sealed class OrtSessionHandle : SafeHandle
{
    public OrtSessionHandle(nint session)
        : base(0, ownsHandle: true) => SetHandle(session);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Ort.ReleaseSession(handle);
        return true;
    }
}
