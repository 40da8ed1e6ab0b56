using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Onnx.Running;

/// <summary>Buffers that must not move while a call runs; the first few without an allocation.</summary>
internal unsafe ref struct PinList
{
    private Handles first;
    private List<GCHandle>? rest;
    private int count;

    /// <summary>Keeps a tensor's buffer where it is.</summary>
    /// <returns>Where that is.</returns>
    public void* Pin(ModelTensor tensor)
    {
        var handle = GCHandle.Alloc(tensor.Buffer, GCHandleType.Pinned);
        if (count < Handles.Length)
        {
            first[count++] = handle;
        }
        else
        {
            (rest ??= []).Add(handle);
        }

        return (void*)handle.AddrOfPinnedObject();
    }

    /// <summary>Lets go of all buffers.</summary>
    public void Dispose()
    {
        for (var i = 0; i < count; i++)
        {
            first[i].Free();
        }

        count = 0;
        rest?.ForEach(handle => handle.Free());
        rest = null;
    }

    [InlineArray(Length)]
    private struct Handles
    {
        public const int Length = 4;

        private GCHandle element;
    }
}
