namespace Flama.Keras.Hdf5;

/// <summary>What elements are.</summary>
internal enum HdfKind
{
    Integer,
    Float,
    BFloat,

    /// <summary>Text of a fixed number of bytes.</summary>
    FixedText,

    /// <summary>Text in the global heap.</summary>
    Text,
}
