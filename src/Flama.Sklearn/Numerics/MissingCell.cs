namespace Flama.Sklearn.Numerics;

/// <summary>What a missing cell becomes in a slot of <see cref="SplitCells{T}"/>, so that one comparison sends it where training did.</summary>
internal enum MissingCell
{
    /// <summary>Missing is −∞, which is at least no threshold: it goes left.</summary>
    GoesLeft,

    /// <summary>Missing is +∞, which is at least any threshold: it goes right.</summary>
    GoesRight,

    /// <summary>Missing counts as 0.</summary>
    IsZero,

    /// <summary>Missing and numbers next to 0 go left.</summary>
    GoesLeftWithZero,

    /// <summary>Missing and numbers next to 0 go right.</summary>
    GoesRightWithZero,

    /// <summary>Missing stays NaN: for sets of categories, which know themselves where it goes.</summary>
    Stays,
}
