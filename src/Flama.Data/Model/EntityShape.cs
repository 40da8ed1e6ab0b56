using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Model;

/// <summary>What is known of a resource's records: made once, when it is mapped. Immutable.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
internal sealed class EntityShape<TEntity>
    where TEntity : class
{
    /// <summary>What a record is called.</summary>
    public required string Name { get; init; }

    /// <summary>The entity of the model.</summary>
    public required IEntityType Entity { get; init; }

    /// <summary>The members of a record, in the order of its JSON; the key is one of them.</summary>
    public required IReadOnlyList<EntityMember> Members { get; init; }

    /// <summary>The members by their names.</summary>
    public required FrozenDictionary<string, EntityMember> ByName { get; init; }

    /// <summary>The key.</summary>
    public required EntityKey<TEntity> Key { get; init; }

    /// <summary>What an expression calls a record.</summary>
    public required ParameterExpression Record { get; init; }

    /// <summary>How records are written.</summary>
    public required JsonTypeInfo<TEntity> Json { get; init; }

    /// <summary>What the application takes of JSON.</summary>
    public required JsonSerializerOptions JsonOptions { get; init; }

    /// <summary>Makes new records; null where the class cannot be made.</summary>
    public required EntityFactory? Factory { get; init; }

    /// <summary>What tells versions of a record apart; empty where nothing does.</summary>
    public required IReadOnlyList<VersionToken> Tokens { get; init; }

    /// <summary>Finds a member by the name of its property in the class; null for none.</summary>
    public EntityMember? FindByProperty(string property) => Members.FirstOrDefault(member => member.Property.Name == property);

    /// <summary>What an expression calls the value of a member.</summary>
    public MemberExpression Access(EntityMember member) => Access(Record, member.Property);

    /// <summary>What an expression calls the value of a property.</summary>
    public static MemberExpression Access(ParameterExpression record, IProperty property) =>
        Expression.MakeMemberAccess(record, (System.Reflection.MemberInfo?)property.PropertyInfo ?? property.FieldInfo!);
}
