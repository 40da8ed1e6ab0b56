namespace Flama.Trees;

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

    /// <summary>1 when missing, else 0: for splits that part missing cells from all others, infinite ones too.</summary>
    IsOne,

    /// <summary>1 when missing or next to 0, else 0.</summary>
    IsOneWithZero,

    /// <summary>The cell is the number of a category, see <see cref="TableSplit.CellOf"/>.</summary>
    IsCategory,

    /// <summary>Missing stays NaN: for sets of categories, which know themselves where it goes.</summary>
    Stays,
}
