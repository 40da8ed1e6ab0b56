namespace Flama.Keras.Hdf5;

/// <summary>An array of a file.</summary>
/// <param name="Type">What its elements are.</param>
/// <param name="Shape">The length of each dimension; none for a single value.</param>
/// <param name="Data">The elements, little-endian and row-major.</param>
internal sealed record HdfArray(HdfType Type, long[] Shape, ReadOnlyMemory<byte> Data);
