namespace Flama.Packaging.Reading;

/// <summary>A part of a package: where it lies and how it is compressed. The bounds have been checked against the file.</summary>
/// <param name="Part">What it is, for messages: <c>model section</c>.</param>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Length">How many bytes it has in the file.</param>
/// <param name="Codec">A codec's number, see <see cref="SectionCodec"/>.</param>
internal readonly record struct Section(string Part, long Offset, long Length, byte Codec);
