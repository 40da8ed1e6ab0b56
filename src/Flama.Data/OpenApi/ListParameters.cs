using System.Text.Json.Nodes;
using Flama.Data.Listing;
using Microsoft.OpenApi;

namespace Flama.Data.OpenApi;

/// <summary>The parameters of lists in a document.</summary>
internal static class ListParameters
{
    /// <summary>All of them: pages, order, filters.</summary>
    public static IEnumerable<IOpenApiParameter> Of(ListReader lists, ListRules rules)
    {
        var size = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Maximum = $"{rules.MaxPageSize}", Default = rules.PageSize };
        if (rules.Paging == ResourcePaging.PageNumber)
        {
            yield return Query(ListReader.Page, "The page, counted from 1.", new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Default = 1 });
            yield return Query(ListReader.PageSize, "The most records of the page.", size);
        }
        else
        {
            yield return Query(ListReader.Limit, "The most records.", size);
            yield return Query(ListReader.Offset, "How many records to pass over.", new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Default = 0 });
        }

        yield return Query(ListReader.Count, "Whether all records that there are are counted.", new() { Type = JsonSchemaType.Boolean, Default = false });
        if (lists.Orders.Count > 0)
        {
            yield return Query(
                ListReader.OrderBy,
                $"What the records are ordered by, or several with commas between: {string.Join(", ", lists.Orders.Select(order => order.Member.Name))}. Default: the key.",
                new() { Type = JsonSchemaType.String });
            yield return Query(
                ListReader.OrderDirection, "Which comes first.", new() { Type = JsonSchemaType.String, Enum = [(JsonNode)"asc", (JsonNode)"desc"], Default = "asc" });
        }

        foreach (var filter in lists.Filters)
        {
            yield return Query(filter.Member.Name, Describe(filter), new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
    }

    private static string Describe(MemberFilter filter) =>
        $"Only records whose `{filter.Member.Name}` is as told: a value, or one of {string.Join(", ", FilterWord.Of(filter.Operators).Select(word => word == "isnull" ? $"`{word}`" : $"`{word}:…`"))}, "
        + "each with `not:` in front for the opposite. Several hold together; those of `in` are one of each other.";

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = schema,
        Explode = true,
    };
}
