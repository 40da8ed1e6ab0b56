using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Trees.Numerics;

/// <summary>Applies a function of four numbers at once to a span.</summary>
internal static class VectorLoop
{
    /// <summary>Replaces each number by the function of it.</summary>
    /// <typeparam name="TFunction">The function; a struct, so that the loop is compiled for it.</typeparam>
    public static void Apply<TFunction>(Span<double> values)
        where TFunction : struct, IVectorFunction
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            TFunction.Of(Vector256.LoadUnsafe(ref first, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
        }

        if (i == values.Length)
        {
            return;
        }

        Span<double> rest = stackalloc double[Vector256<double>.Count];
        rest.Clear();
        values[i..].CopyTo(rest);
        TFunction.Of(Vector256.Create((ReadOnlySpan<double>)rest)).CopyTo(rest);
        rest[..(values.Length - i)].CopyTo(values[i..]);
    }
}
