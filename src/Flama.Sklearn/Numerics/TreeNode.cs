using System.Runtime.InteropServices;

namespace Flama.Sklearn.Numerics;

/// <summary>One node of a flattened tree, 16 bytes.</summary>
/// <param name="Threshold">Go left when the feature, rounded to float32, is at most this.</param>
/// <param name="Feature">The column; negative at a leaf. Bit 30 set sends missing values left.</param>
/// <param name="Left">The left child; at a leaf the position of its values.</param>
/// <param name="Right">The right child.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TreeNode(float Threshold, int Feature, int Left, int Right)
{
    /// <summary>The bit of <see cref="Feature"/> that sends missing values left.</summary>
    public const int MissingGoesLeft = 1 << 30;

    /// <summary>The largest column number that fits.</summary>
    public const int MaxFeature = MissingGoesLeft - 1;

    /// <summary>Whether this is a leaf.</summary>
    public bool IsLeaf => Feature < 0;
}
