using Flama.AspNetCore;
using Flama.Data.Listing;
using Flama.Data.Model;
using Microsoft.OpenApi;

namespace Flama.Data.OpenApi;

/// <summary>The schemas of a resource's records in a document.</summary>
/// <param name="name">The name of a record, as a class.</param>
/// <param name="members">Its members.</param>
/// <param name="key">Its key.</param>
/// <param name="paging">How lists are cut into pages.</param>
internal sealed class RecordSchemas(string name, IReadOnlyList<EntityMember> members, EntityMember key, ResourcePaging paging)
{
    // Client generators make a class of what stands behind the point.
    private const string Namespace = "data.";

    /// <summary>A record as it is answered.</summary>
    public IOpenApiSchema Record(OpenApiDocument document) => Refer(document, name, () => Object(
        name, members, _ => true, static member => member.IsNullable, static member => !member.IsCreatable && !member.IsUpdatable));

    /// <summary>A record as it is sent.</summary>
    public IOpenApiSchema Input(OpenApiDocument document) => Refer(document, $"{name}Input", () => Object(
        $"{name}Input", members.Where(member => member.IsCreatable || member.IsUpdatable), static member => member.IsRequired, member => member.IsNullable || member == key));

    /// <summary>A change of a record as it is sent.</summary>
    public IOpenApiSchema Patch(OpenApiDocument document) => Refer(document, $"{name}Patch", () => Object(
        $"{name}Patch", members.Where(member => member.IsUpdatable), static _ => false, static member => member.IsNullable));

    /// <summary>A page of records.</summary>
    public IOpenApiSchema Page(OpenApiDocument document) => Refer(document, $"{name}Page", () => new()
    {
        Title = $"{name}Page",
        Type = JsonSchemaType.Object,
        Required = Names("meta", "data"),
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["meta"] = Meta(document), ["data"] = List(Record(document)) },
    });

    /// <summary>A list of records.</summary>
    public static OpenApiSchema List(IOpenApiSchema record) => new() { Type = JsonSchemaType.Array, Items = record };

    /// <summary>The key in a path.</summary>
    public IOpenApiSchema Key() => MemberSchema.Of(key, mayBeNull: false);

    private OpenApiSchemaReference Meta(OpenApiDocument document)
    {
        var (type, first, second) = paging == ResourcePaging.PageNumber
            ? (nameof(PageNumberMeta), (ListReader.Page, "The page, counted from 1."), (ListReader.PageSize, "The most records of a page."))
            : (nameof(LimitOffsetMeta), (ListReader.Limit, "The most records of the part."), (ListReader.Offset, "How many records stand before it."));
        return Refer(document, type, () => new()
        {
            Title = type,
            Type = JsonSchemaType.Object,
            Required = Names(first.Item1, second.Item1, ListReader.Count),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                [first.Item1] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = first.Item2 },
                [second.Item1] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = second.Item2 },
                [ListReader.Count] = new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null, Description = "All records that there are; null where that was not asked." },
            },
        });
    }

    private static OpenApiSchema Object(
        string title, IEnumerable<EntityMember> members, Func<EntityMember, bool> isRequired, Func<EntityMember, bool> mayBeNull, Func<EntityMember, bool>? isReadOnly = null)
    {
        OpenApiSchema schema = new()
        {
            Title = title,
            Type = JsonSchemaType.Object,
            Required = Names(),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
        };
        foreach (var member in members)
        {
            var made = MemberSchema.Of(member, mayBeNull(member));
            made.ReadOnly = isReadOnly?.Invoke(member) == true;
            schema.Properties[member.Name] = made;
            if (isRequired(member))
            {
                schema.Required!.Add(member.Name);
            }
        }

        return schema;
    }

    private static OpenApiSchemaReference Refer(OpenApiDocument document, string title, Func<OpenApiSchema> make)
    {
        var id = $"{Namespace}{title}";
        if (document.Components?.Schemas?.ContainsKey(id) != true)
        {
            document.AddComponent(id, make());
        }

        return new(id, document);
    }

    private static HashSet<string> Names(params string[] names) => new(names, StringComparer.Ordinal);
}
