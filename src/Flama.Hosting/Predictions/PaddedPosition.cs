using System.Runtime.InteropServices;

namespace Flama.Hosting.Predictions;

/// <summary>A position alone on its cache lines: writers and readers do not take each other's.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedPosition
{
    [FieldOffset(128)]
    public long Value;
}
