using System.Runtime.Intrinsics;

namespace Flama.Trees.Numerics;

/// <summary>A function of four numbers at once, each by itself.</summary>
internal interface IVectorFunction
{
    /// <summary>The function.</summary>
    static abstract Vector256<double> Of(Vector256<double> x);
}
