namespace Flama.Sklearn.Numerics;

/// <summary>How a tree looks at a cell, so that one comparison sends a missing one where training did.</summary>
internal enum CellKind
{
    /// <summary>The number; missing stays NaN, which is greater than no threshold and so goes left.</summary>
    MissingLeft,

    /// <summary>The number; missing is +∞ and goes right of any finite threshold.</summary>
    MissingRight,

    /// <summary>1 when missing, else 0: for splits that part missing cells from all others.</summary>
    IsMissing,

    /// <summary>The number of a category in the low bits, see <see cref="CategoryNode"/>.</summary>
    Category,
}
