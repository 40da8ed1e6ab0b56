namespace Flama.Keras.Hdf5;

/// <summary>A group or an array of an HDF5 file. Immutable; read at first use.</summary>
internal sealed class HdfObject
{
    private readonly HdfFile file;
    private readonly Lazy<List<HdfMessage>> messages;
    private readonly Lazy<Dictionary<string, ulong>> links;
    private readonly Lazy<Dictionary<string, HdfAttribute>> attributes;

    public HdfObject(HdfFile file, ulong address)
    {
        this.file = file;
        messages = new(() => HdfHeader.Read(file, address));
        links = new(() => HdfLinks.Read(file, messages.Value));
        attributes = new(ReadAttributes);
    }

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => messages.Value.Exists(message => message.Type == HdfMessage.Layout);

    /// <summary>The addresses of what a group has, by name; empty for an array.</summary>
    public IReadOnlyDictionary<string, ulong> Links => links.Value;

    /// <summary>What is told of it, by name.</summary>
    public IReadOnlyDictionary<string, HdfAttribute> Attributes => attributes.Value;

    /// <summary>The texts of an attribute; null when it does not have it.</summary>
    public IReadOnlyList<string>? TextsOf(string name) => Attributes.TryGetValue(name, out var attribute) ? attribute.ReadTexts() : null;

    /// <summary>Opens the array.</summary>
    /// <exception cref="FlamaException">It is a group, or an array of a kind that is not read here.</exception>
    public HdfArray ToArray()
    {
        var type = HdfType.Read(file, Body(HdfMessage.Datatype).Span);
        var shape = HdfSpace.Read(file, Body(HdfMessage.Dataspace).Span);
        var filters = messages.Value.FindIndex(message => message.Type == HdfMessage.Filters) is >= 0 and var found ? messages.Value[found].Body : default;
        return new(type, shape, HdfLayout.Read(file, type, shape, Body(HdfMessage.Layout), filters));
    }

    private ReadOnlyMemory<byte> Body(int type)
    {
        var index = messages.Value.FindIndex(message => message.Type == type);
        return index >= 0 ? messages.Value[index].Body : throw file.Corrupt("an array has no type, shape or place");
    }

    private Dictionary<string, HdfAttribute> ReadAttributes()
    {
        Dictionary<string, HdfAttribute> found = new(StringComparer.Ordinal);
        foreach (var message in messages.Value)
        {
            if (message.Type == HdfMessage.Attribute)
            {
                Add(HdfAttribute.Read(file, message.Body));
            }
            else if (message.Type == HdfMessage.AttributeInfo)
            {
                foreach (var body in HdfLinks.ReadDense(file, message.Body, sizeof(ushort)))
                {
                    Add(HdfAttribute.Read(file, body));
                }
            }
        }

        return found;

        void Add(HdfAttribute attribute) => found[attribute.Name] = attribute;
    }
}
