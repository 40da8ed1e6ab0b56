using Flama.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Errors;

/// <summary>What constraints and columns of a table are called by clients of its resource. Made once; thread-safe.</summary>
internal sealed class RecordNames
{
    private readonly Dictionary<string, string[]> byConstraint = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> byColumn = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> given;

    /// <summary>Reads the names.</summary>
    /// <param name="record">What a record is called.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="members">Its members.</param>
    public RecordNames(string record, IEntityType entity, IReadOnlyList<EntityMember> members)
    {
        Record = record;
        given = [.. members.Where(member => member.IsCreatable || member.IsUpdatable).Select(member => member.Name)];
        foreach (var member in members)
        {
            byColumn[member.Property.GetColumnName()] = member.Name;
        }

        string[] Names(IEnumerable<IReadOnlyProperty> properties) =>
            [.. properties.Select(property => members.FirstOrDefault(member => member.Property == property)?.Name).OfType<string>()];
        foreach (var index in entity.GetIndexes())
        {
            Add(index.GetDatabaseName(), Names(index.Properties));
        }

        foreach (var key in entity.GetKeys())
        {
            Add(key.GetName(), Names(key.Properties));
        }

        foreach (var foreign in entity.GetForeignKeys())
        {
            Add(foreign.GetConstraintName(), Names(foreign.Properties));
        }
    }

    /// <summary>Whether clients can give a value to members of theirs: a column that nobody fills is a fault of the application.</summary>
    public bool CanGive(IEnumerable<string> names) => names.All(given.Contains);

    /// <summary>What a record is called.</summary>
    public string Record { get; }

    /// <summary>The members that a database's failure is about; none where that is not known.</summary>
    public IReadOnlyList<string> Of(DatabaseFinding finding) =>
        finding.Constraint is not null && byConstraint.TryGetValue(finding.Constraint, out var names) ? names
        : [.. finding.Columns.Select(column => byColumn.GetValueOrDefault(column)).OfType<string>()];

    private void Add(string? constraint, string[] names)
    {
        if (constraint is not null)
        {
            byConstraint[constraint] = names;
        }
    }
}
