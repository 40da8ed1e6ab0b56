using Flama.Data.Model;

namespace Flama.Data.Reading;

/// <summary>The values of a record that a request brings.</summary>
internal sealed class RecordValues
{
    private readonly Dictionary<EntityMember, object?> values = [];

    /// <summary>The members that it brings, and their values.</summary>
    public IEnumerable<KeyValuePair<EntityMember, object?>> All => values;

    /// <summary>The key that it brings; null for none.</summary>
    public object? Key { get; set; }

    public void Set(EntityMember member, object? value) => values[member] = value;

    public bool Has(EntityMember member) => values.ContainsKey(member);

    /// <summary>The value of a property, and whether there is one.</summary>
    public (bool Has, object? Value) Of(string property)
    {
        foreach (var (member, value) in values)
        {
            if (member.Property.Name == property)
            {
                return (true, value);
            }
        }

        return (false, null);
    }
}
