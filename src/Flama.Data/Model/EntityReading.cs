using System.Collections.Frozen;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Model;

/// <summary>Makes the shape of a resource's records of the model, the class, and the options.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <param name="options">What the user decided.</param>
/// <param name="json">What the application takes and writes as JSON.</param>
internal sealed class EntityReading<TEntity>(DataResourceOptions<TEntity> options, JsonSerializerOptions json)
    where TEntity : class
{
    private readonly EntityFactory? factory = EntityFactory.Find(typeof(TEntity));

    /// <summary>Makes the shape.</summary>
    /// <exception cref="FlamaException">The entity cannot be served; the message names the fix.</exception>
    public EntityShape<TEntity> Read(DbContext context)
    {
        var entity = EntityChecks.Find(context, typeof(TEntity));
        var key = EntityChecks.KeyOf<TEntity>(entity);
        CheckNames(entity);
        var written = Written(entity);
        var contract = (JsonTypeInfo<TEntity>)written.GetTypeInfo(typeof(TEntity));
        var tokens = TokensOf(entity);
        var prototype = Prototype();
        var members = contract.Properties
            .Select(property => Member(property, entity.FindProperty(((MemberInfo)property.AttributeProvider!).Name)!, tokens, prototype, written))
            .ToList();
        var record = Expression.Parameter(typeof(TEntity), "record");
        var keyMember = members.Find(member => member.Property == key) ?? throw Refusal.Of(
            typeof(TEntity), $"its key '{key.Name}' is not shown", "Show it: take away [JsonIgnore], or Hide.");
        return new()
        {
            Name = options.Name,
            Entity = entity,
            Members = members,
            ByName = members.ToFrozenDictionary(member => member.Name, json.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal),
            Key = new(keyMember, record, EntityShape<TEntity>.Access(record, key)),
            Record = record,
            Json = contract,
            JsonOptions = json,
            Factory = factory,
            Tokens = tokens,
        };
    }

    private void CheckNames(IEntityType entity)
    {
        var unknown = options.Filters.Keys.Concat(options.Hidden).Concat(options.ReadOnlyNames).Concat(options.Versions).FirstOrDefault(name => entity.FindProperty(name) is null);
        if (unknown is not null)
        {
            throw Refusal.Of(typeof(TEntity), $"its options name '{unknown}', which is no property of the model", "Name a property that has a column.");
        }
    }

    // The class as JSON without what has no column of its own, and without what is hidden.
    private JsonSerializerOptions Written(IEntityType entity)
    {
        var resolver = JsonTypeInfoResolver.Combine(json.TypeInfoResolver, new DefaultJsonTypeInfoResolver());
        return new(json)
        {
            TypeInfoResolver = resolver.WithAddedModifier(info =>
            {
                if (info.Type != typeof(TEntity))
                {
                    return;
                }

                foreach (var property in info.Properties.Where(property => !IsShown(property, entity)).ToList())
                {
                    info.Properties.Remove(property);
                }
            }),
            NumberHandling = json.NumberHandling | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
    }

    private bool IsShown(JsonPropertyInfo property, IEntityType entity) =>
        property is { Get: not null, AttributeProvider: MemberInfo member }
        && entity.FindProperty(member.Name) is { } found && !found.IsShadowProperty()
        && !options.Hidden.Contains(member.Name);

    private List<VersionToken> TokensOf(IEntityType entity)
    {
        var tokens = entity.GetProperties().Where(property => property.IsConcurrencyToken).Select(property =>
        {
            var isGiven = property.ValueGenerated.HasFlag(ValueGenerated.OnUpdate);
            var isOurs = options.Versions.Contains(property.Name) || (!isGiven && property.ClrType == typeof(Guid));
            return new VersionToken(property, isOurs ? VersionToken.NextOf(property.ClrType) : null);
        }).ToList();
        foreach (var name in options.Versions)
        {
            if (tokens.Find(token => token.Property.Name == name) is not { Next: not null })
            {
                throw Refusal.Of(
                    typeof(TEntity),
                    $"its version '{name}' is not a concurrency token of type int, long, Guid, string or byte[]",
                    $"Put [ConcurrencyCheck] on it, or call Property(x => x.{name}).IsConcurrencyToken() in OnModelCreating.");
            }
        }

        return tokens;
    }

    // What a new record has before anybody sets anything; null where the class cannot be made without values.
    private object? Prototype()
    {
        try
        {
            return factory?.Make(static _ => (false, null));
        }
        catch (Exception failure) when (failure is ArgumentException or NullReferenceException or InvalidOperationException)
        {
            return null;
        }
    }

    private EntityMember Member(JsonPropertyInfo written, IProperty property, List<VersionToken> tokens, object? prototype, JsonSerializerOptions json)
    {
        var info = (MemberInfo)written.AttributeProvider!;
        var bare = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var isOurs = options.ReadOnlyNames.Contains(property.Name)
            || info.GetCustomAttribute<ReadOnlyAttribute>() is { IsReadOnly: true }
            || info.GetCustomAttribute<EditableAttribute>() is { AllowEdit: false }
            || property.ValueGenerated.HasFlag(ValueGenerated.OnUpdate)
            || tokens.Exists(token => token.Property == property && token.Next is not null);
        List<ValidationAttribute> rules = [.. info.GetCustomAttributes<ValidationAttribute>(), .. factory?.RulesOf(property.Name) ?? []];
        var isSettable = info is FieldInfo || info is PropertyInfo { SetMethod.IsPublic: true };
        var isCreatable = !isOurs && (isSettable || factory?.Properties.Contains(property.Name, StringComparer.Ordinal) == true);
        var said = factory?.DefaultOf(property.Name);
        var start = prototype is null ? said : info is PropertyInfo { } read ? read.GetValue(prototype) : ((FieldInfo)info).GetValue(prototype);
        return new()
        {
            Name = written.Name,
            Property = property,
            Json = TypeOf(written, property, json),
            IsCreatable = isCreatable,
            IsUpdatable = !isOurs && isSettable && !property.IsPrimaryKey() && property.GetAfterSaveBehavior() == PropertySaveBehavior.Save,
            IsRequired = isCreatable && !property.ValueGenerated.HasFlag(ValueGenerated.OnAdd)
                && (written.IsRequired || rules.Exists(rule => rule is RequiredAttribute) || (!property.IsNullable && !property.ClrType.IsValueType && start is null or "" && said is null)),
            Default = start ?? (property is { IsNullable: false, ClrType.IsValueType: true } ? System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(property.ClrType) : null),
            Rules = rules,
            Adapt = ColumnTimes.For(property),
            EnumValues = bare.IsEnum && bare.GetCustomAttribute<FlagsAttribute>() is null
                ? Enum.GetNames(bare).ToFrozenDictionary(name => name, name => Enum.Parse(bare, name), StringComparer.OrdinalIgnoreCase)
                : null,
            MaxLength = property.GetMaxLength(),
        };
    }

    // A converter on the property counts for its values only.
    private static JsonTypeInfo TypeOf(JsonPropertyInfo written, IProperty property, JsonSerializerOptions json)
    {
        if (written.CustomConverter is not { } converter)
        {
            return json.GetTypeInfo(property.ClrType);
        }

        JsonSerializerOptions own = new(json);
        own.Converters.Insert(0, converter);
        return own.GetTypeInfo(property.ClrType);
    }
}
