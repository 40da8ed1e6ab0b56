namespace Flama.Scoring.Arrow;

/// <summary>How the cells of a field lie in buffers.</summary>
internal enum ArrowLayout
{
    /// <summary>No buffers: every cell is missing, or the children have them.</summary>
    None,

    /// <summary>Which are missing; cells of a fixed width.</summary>
    Fixed,

    /// <summary>Which are missing; ends of 32 bits; bytes.</summary>
    Sized,

    /// <summary>Which are missing; ends of 64 bits; bytes.</summary>
    LargeSized,

    /// <summary>Which are missing; views of 16 bytes; any number of buffers of bytes.</summary>
    Views,

    /// <summary>Which are missing: structs and lists of a fixed length.</summary>
    Validity,

    /// <summary>Which are missing; ends: lists and maps.</summary>
    Lists,

    /// <summary>Which are missing; starts; lengths: views of lists.</summary>
    ListViews,

    /// <summary>The types of the cells: unions whose children are as long as they are.</summary>
    SparseUnion,

    /// <summary>The types of the cells; where they are in the children.</summary>
    DenseUnion,
}
