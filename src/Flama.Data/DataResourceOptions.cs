using System.Linq.Expressions;
using System.Reflection;

namespace Flama.Data;

/// <summary>What a user decides about a data resource. Read once, when the resource is mapped.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
public sealed class DataResourceOptions<TEntity>
    where TEntity : class
{
    private readonly Dictionary<string, FilterOperators> filters = new(StringComparer.Ordinal);
    private readonly HashSet<string> hidden = new(StringComparer.Ordinal);
    private readonly HashSet<string> readOnly = new(StringComparer.Ordinal);
    private readonly HashSet<string> versions = new(StringComparer.Ordinal);

    /// <summary>What a record is called in messages and in the ids of operations. Default: the name of the class with a small letter in front.</summary>
    public string Name { get; set; } = char.ToLowerInvariant(typeof(TEntity).Name[0]) + typeof(TEntity).Name[1..];

    /// <summary>The group of the operations in documents. Default: the name of the class.</summary>
    public string VerboseName { get; set; } = typeof(TEntity).Name;

    /// <summary>What is answered; what is left out is 405. Default everything.</summary>
    public ResourceVerbs Verbs { get; set; } = ResourceVerbs.All;

    /// <summary>How the collection is cut into pages. Default by number.</summary>
    public ResourcePaging Paging { get; set; }

    /// <summary>The most records of a page where the request does not say, 1 or more. Default 10.</summary>
    public int PageSize { get; set; } = 10;

    /// <summary>The most records that a request may ask for, <see cref="PageSize"/> or more. Default 1000.</summary>
    public int MaxPageSize { get; set; } = 1000;

    /// <summary>The most conditions of a list, each value of <c>in</c> counted as well, 0 or more; more are answered with 400. Default 100.</summary>
    public int MaxConditions { get; set; } = 100;

    /// <summary>The largest body of a record in bytes, 1 or more; a larger one is answered with 413. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>The largest body of a list of records in bytes, 1 or more; a larger one is answered with 413. Default 16 MiB.</summary>
    public long MaxListBodyBytes { get; set; } = 16 << 20;

    /// <summary>The most records of a list that replaces the collection or a part of it, 1 or more; more are answered with 413. Default 10 000.</summary>
    public int MaxListRecords { get; set; } = 10_000;

    /// <summary>
    /// Whether a record with a concurrency token can only be changed and deleted by requests with <c>If-Match</c>; others are answered with 428. Default false: they go through.
    /// </summary>
    public bool RequireIfMatch { get; set; }

    /// <summary>Says by which operators a property filters lists. Properties that are never named filter by all that suit their type, until <see cref="NoFilters"/>.</summary>
    /// <param name="property">The property, as in <c>c => c.Age</c>.</param>
    /// <param name="operators">The operators; <see cref="FilterOperators.None"/> for no filter.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">It is not a property.</exception>
    public DataResourceOptions<TEntity> Filter(Expression<Func<TEntity, object?>> property, FilterOperators operators = FilterOperators.All)
    {
        filters[NameOf(property)] = operators;
        return this;
    }

    /// <summary>Lists are filtered by no properties but those that <see cref="Filter"/> names.</summary>
    /// <returns>The same options.</returns>
    public DataResourceOptions<TEntity> NoFilters()
    {
        FiltersByDefault = FilterOperators.None;
        return this;
    }

    /// <summary>Leaves a property out: it is not shown, not taken, and lists are neither filtered nor ordered by it. <c>[JsonIgnore]</c> does the same.</summary>
    /// <param name="property">The property, as in <c>c => c.PasswordHash</c>.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">It is not a property.</exception>
    public DataResourceOptions<TEntity> Hide(Expression<Func<TEntity, object?>> property)
    {
        hidden.Add(NameOf(property));
        return this;
    }

    /// <summary>
    /// Shows a property and does not take it from requests, as <c>[ReadOnly(true)]</c> and <c>[Editable(false)]</c> do. For the key: only the database, or the class, gives it.
    /// </summary>
    /// <param name="property">The property, as in <c>c => c.CreatedAt</c>.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">It is not a property.</exception>
    public DataResourceOptions<TEntity> ReadOnly(Expression<Func<TEntity, object?>> property)
    {
        readOnly.Add(NameOf(property));
        return this;
    }

    /// <summary>
    /// Names the concurrency token that gets a new value with each change, where the database does not give it one: one more for whole numbers, a new one for GUIDs, texts and bytes.
    /// Concurrency tokens of type <see cref="Guid"/> need not be named.
    /// </summary>
    /// <param name="property">The property, as in <c>c => c.Version</c>, a concurrency token of the model.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">It is not a property.</exception>
    public DataResourceOptions<TEntity> Version(Expression<Func<TEntity, object?>> property)
    {
        versions.Add(NameOf(property));
        return this;
    }

    internal FilterOperators FiltersByDefault { get; private set; } = FilterOperators.All;

    internal IReadOnlyDictionary<string, FilterOperators> Filters => filters;

    internal IReadOnlySet<string> Hidden => hidden;

    internal IReadOnlySet<string> ReadOnlyNames => readOnly;

    internal IReadOnlySet<string> Versions => versions;

    private static string NameOf(Expression<Func<TEntity, object?>> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        var body = property.Body is UnaryExpression { NodeType: ExpressionType.Convert } converted ? converted.Operand : property.Body;
        return body is MemberExpression { Member: PropertyInfo or FieldInfo, Expression: ParameterExpression } member
            ? member.Member.Name
            : throw new ArgumentException($"'{property}' is not a property of {typeof(TEntity).Name}. Give one as in 'c => c.Name'.", nameof(property));
    }
}
