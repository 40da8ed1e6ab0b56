namespace Flama.Pickle.Numpy;

/// <summary>One field of a record type.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Type">The field's type.</param>
/// <param name="Offset">Where it starts in the record, in bytes.</param>
public sealed record DTypeField(string Name, DType Type, int Offset);
