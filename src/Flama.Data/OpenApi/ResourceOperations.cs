using Flama.AspNetCore;
using Flama.Data.Model;
using Flama.Data.Saving;
using Microsoft.OpenApi;

namespace Flama.Data.OpenApi;

/// <summary>Describes the operations of a resource in documents.</summary>
/// <param name="name">What a record is called.</param>
/// <param name="schemas">The schemas of its records.</param>
/// <param name="parameters">The parameters of lists.</param>
/// <param name="hasVersions">Whether versions of a record are told apart.</param>
/// <param name="requiresIfMatch">Whether changes must say which version they are meant for.</param>
internal sealed class ResourceOperations(string name, RecordSchemas schemas, IReadOnlyList<IOpenApiParameter> parameters, bool hasVersions, bool requiresIfMatch)
{
    private const string Json = "application/json", Merge = "application/merge-patch+json";

    private readonly string record = Article.With(name);

    /// <summary>Describes an operation.</summary>
    public void Describe(ResourceVerbs verb, OpenApiOperation operation, OpenApiDocument document)
    {
        (var id, operation.Summary, operation.Description) = Text(verb);
        operation.OperationId = $"{string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))}_{id}";
        operation.Parameters = [.. Parameters(verb)];
        operation.RequestBody = Body(verb, document);
        operation.Responses ??= [];
        operation.Responses.Remove("200");
        var (status, said, schema) = Answer(verb, document);
        OpenApiResponse answer = new() { Description = said };
        if (schema is not null)
        {
            answer.Content = Content(schema, Json);
        }

        if (hasVersions && verb is (ResourceVerbs.Create or ResourceVerbs.Retrieve or ResourceVerbs.Update or ResourceVerbs.PartialUpdate))
        {
            answer.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
            {
                ["ETag"] = new OpenApiHeader { Description = "The version of the record, for If-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
        }

        operation.Responses[status] = answer;
        operation.AddFlamaErrors(document, Errors(verb));
    }

    private (string Id, string Summary, string? Description) Text(ResourceVerbs verb) => verb switch
    {
        ResourceVerbs.Create => ("create", $"Add {record}", null),
        ResourceVerbs.Retrieve => ("retrieve", $"Show {record}", null),
        ResourceVerbs.Update => ("update", $"Replace {record}", "What the body leaves out gets its default."),
        ResourceVerbs.PartialUpdate => ("partial_update", $"Change {record}", "JSON Merge Patch (RFC 7396): what the body leaves out stays as it is."),
        ResourceVerbs.Delete => ("delete", $"Take {record} away", null),
        ResourceVerbs.List => ("list", $"List {name} records", "A page of those that all filters let through."),
        ResourceVerbs.Replace => ("replace", $"Replace all {name} records", "All that there are go, and those of the body come, or nothing happens."),
        ResourceVerbs.PartialReplace => ("partial_replace", $"Replace some {name} records", "Those of the body are replaced, or added, and the others stay; or nothing happens."),
        ResourceVerbs.Drop => ("drop", $"Take all {name} records away", null),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "It is not one verb."),
    };

    private IEnumerable<IOpenApiParameter> Parameters(ResourceVerbs verb)
    {
        if (verb == ResourceVerbs.List)
        {
            foreach (var parameter in parameters)
            {
                yield return parameter;
            }
        }

        if (IsOfRecord(verb))
        {
            yield return new OpenApiParameter { Name = ResourcePath.Key, In = ParameterLocation.Path, Required = true, Description = $"The key of the {name}.", Schema = schemas.Key() };
        }

        if (hasVersions && IsChange(verb))
        {
            yield return Header("If-Match", "The version that the request is meant for: the ETag of an answer before.", requiresIfMatch);
        }
        else if (hasVersions && verb == ResourceVerbs.Retrieve)
        {
            yield return Header("If-None-Match", "The version that the client has already: the ETag of an answer before.", isRequired: false);
        }
    }

    private OpenApiRequestBody? Body(ResourceVerbs verb, OpenApiDocument document) => verb switch
    {
        ResourceVerbs.Create or ResourceVerbs.Update => new() { Required = true, Content = Content(schemas.Input(document), Json) },
        ResourceVerbs.PartialUpdate => new() { Required = true, Content = Content(schemas.Patch(document), Merge, Json) },
        ResourceVerbs.Replace or ResourceVerbs.PartialReplace => new() { Required = true, Content = Content(RecordSchemas.List(schemas.Input(document)), Json) },
        _ => null,
    };

    private (string Status, string Description, IOpenApiSchema? Schema) Answer(ResourceVerbs verb, OpenApiDocument document) => verb switch
    {
        ResourceVerbs.Create => ("201", $"The {name} as it is stored; `Location` tells where.", schemas.Record(document)),
        ResourceVerbs.List => ("200", "The page.", schemas.Page(document)),
        ResourceVerbs.Replace or ResourceVerbs.PartialReplace => ("200", "The records of the body as they are stored.", RecordSchemas.List(schemas.Record(document))),
        ResourceVerbs.Delete or ResourceVerbs.Drop => ("204", "It is done.", null),
        _ => ("200", $"The {name} as it is stored.", schemas.Record(document)),
    };

    private Dictionary<string, string> Errors(ResourceVerbs verb)
    {
        Dictionary<string, string> errors = new(StringComparer.Ordinal)
        {
            ["400"] = "The request is not one that is taken; `errors` names members and parameters.",
            ["503"] = "The database does not answer; `Retry-After` tells when to try again.",
        };
        if (IsOfRecord(verb))
        {
            errors["404"] = $"There is no {name} with the key.";
        }

        if (verb is not (ResourceVerbs.List or ResourceVerbs.Retrieve))
        {
            errors["409"] = "It contradicts what is stored: a value that must be one of its kind is there already, or what it refers to is not.";
        }

        if (verb is not (ResourceVerbs.List or ResourceVerbs.Retrieve or ResourceVerbs.Delete or ResourceVerbs.Drop))
        {
            errors["413"] = "The body is larger than the server allows.";
            errors["415"] = "The content type of the body is not JSON.";
        }

        if (hasVersions && IsChange(verb))
        {
            errors["412"] = "The record is not, or not any more, the version that the request is meant for.";
            if (requiresIfMatch)
            {
                errors["428"] = "The request has no `If-Match`.";
            }
        }

        return errors;
    }

    private static bool IsOfRecord(ResourceVerbs verb) => verb is ResourceVerbs.Retrieve or ResourceVerbs.Update or ResourceVerbs.PartialUpdate or ResourceVerbs.Delete;

    private static bool IsChange(ResourceVerbs verb) => verb is ResourceVerbs.Update or ResourceVerbs.PartialUpdate or ResourceVerbs.Delete;

    private static OpenApiParameter Header(string name, string description, bool isRequired) =>
        new() { Name = name, In = ParameterLocation.Header, Required = isRequired, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static Dictionary<string, OpenApiMediaType> Content(IOpenApiSchema schema, params string[] types) =>
        types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }, StringComparer.Ordinal);
}
