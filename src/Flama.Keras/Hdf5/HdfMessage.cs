namespace Flama.Keras.Hdf5;

/// <summary>One message of an object's header: something that is told of the object.</summary>
/// <param name="Type">The kind, by its number.</param>
/// <param name="Body">What it tells.</param>
internal readonly record struct HdfMessage(int Type, ReadOnlyMemory<byte> Body)
{
    public const int Dataspace = 0x01;
    public const int LinkInfo = 0x02;
    public const int Datatype = 0x03;
    public const int Link = 0x06;
    public const int Layout = 0x08;
    public const int Filters = 0x0B;
    public const int Attribute = 0x0C;
    public const int Continuation = 0x10;
    public const int SymbolTable = 0x11;
    public const int AttributeInfo = 0x15;
}
