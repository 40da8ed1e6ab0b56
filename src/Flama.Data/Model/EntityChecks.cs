using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Model;

/// <summary>Finds what a resource needs in the model, or says what to do.</summary>
internal static class EntityChecks
{
    /// <summary>The entity of a class.</summary>
    /// <exception cref="FlamaException">The model has none (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static IEntityType Find(DbContext context, Type type) => context.Model.FindEntityType(type) switch
    {
        null => throw Refusal.Of(type, $"{context.GetType().Name} does not know it", $"Add 'public DbSet<{type.Name}> {type.Name}s => Set<{type.Name}>();' to {context.GetType().Name}."),
        { } owned when owned.IsOwned() => throw Refusal.Of(type, "it is owned by another entity", "Map its owner."),
        { } found => found,
    };

    /// <summary>The property that is the key.</summary>
    /// <exception cref="FlamaException">There is none, or it is not one property of a type that can stand in a path (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static IProperty KeyOf<TEntity>(IEntityType entity) => entity.FindPrimaryKey() switch
    {
        null => throw Refusal.Of(
            entity.ClrType, "it has no key", "Give it one, such as a property Id, or [Key]. For a view, write endpoints of your own."),
        { Properties.Count: > 1 } key => throw Refusal.Of(
            entity.ClrType,
            $"its key is of several properties ({string.Join(", ", key.Properties.Select(property => property.Name))})",
            "Give it a key of one property, such as Id, and make those a unique index: HasIndex(…).IsUnique()."),
        { Properties: [var property] } when property.IsShadowProperty() => throw Refusal.Of(
            entity.ClrType, $"its key '{property.Name}' is no property of the class", $"Add a property {property.Name} to the class."),
        { Properties: [var property] } when !EntityKey<TEntity>.CanBe(property.ClrType) => throw Refusal.Of(
            entity.ClrType, $"its key '{property.Name}' is of type {property.ClrType.Name}", $"Use a key of type {EntityKey<TEntity>.Types}."),
        { Properties: [var property] } => property,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Checks that new records can be made where the resource makes any.</summary>
    /// <exception cref="FlamaException">They cannot (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static void CheckCreation<TEntity>(EntityShape<TEntity> shape, ResourceVerbs verbs)
        where TEntity : class
    {
        const ResourceVerbs creating = ResourceVerbs.Create | ResourceVerbs.Replace | ResourceVerbs.PartialReplace;
        if ((verbs & creating) == ResourceVerbs.None)
        {
            return;
        }

        var remedy = $"or leave out what adds records: options.Verbs &= ~(ResourceVerbs.{string.Join(" | ResourceVerbs.", (verbs & creating).ToString().Split(", "))}).";
        if (shape.Factory is null)
        {
            throw Refusal.Of(
                typeof(TEntity),
                typeof(TEntity).IsAbstract
                    ? "new records cannot be made, because the class is abstract"
                    : "new records cannot be made: no constructor is without parameters, or has only parameters that are properties",
                typeof(TEntity).IsAbstract ? $"Map the classes below it, {remedy}" : $"Give it a constructor without parameters (it may be private), {remedy}");
        }

        var shadow = shape.Entity.GetForeignKeys().SelectMany(foreign => foreign.Properties)
            .FirstOrDefault(property => property.IsShadowProperty() && !property.IsNullable && property.ValueGenerated == ValueGenerated.Never);
        if (shadow is not null)
        {
            throw Refusal.Of(
                typeof(TEntity),
                $"new records would need a value for the foreign key '{shadow.Name}', which is no property of the class",
                $"Add a property {shadow.Name} to the class, {remedy}");
        }
    }
}
