using Flama.AspNetCore.Errors;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Describes the error answers of operations.</summary>
internal static class ErrorResponses
{
    private static readonly string[] OfAll = ["404", "405", "500", "503", "default"];
    private static readonly string[] OfBodies = ["400", "413", "415"];

    /// <summary>Adds the errors that an operation answers, but for those it describes itself.</summary>
    /// <param name="responses">The answers of the operation.</param>
    /// <param name="document">The document.</param>
    /// <param name="hasBody">Whether the operation takes a body.</param>
    /// <param name="needsCredentials">Whether the application asks for credentials.</param>
    public static void AddTo(OpenApiResponses responses, OpenApiDocument document, bool hasBody, bool needsCredentials)
    {
        string[] credentials = needsCredentials ? ["401", "403"] : [];
        foreach (var status in (hasBody ? OfBodies : []).Concat(credentials).Concat(OfAll))
        {
            responses.TryAdd(status, Make(Describe(status), document));
        }
    }

    /// <summary>An error answer.</summary>
    public static OpenApiResponse Make(string description, OpenApiDocument document) => new() { Description = description, Content = Content(document) };

    private static string Describe(string status) => status switch
    {
        "400" => "The body is not JSON, or not an input that the model takes. Nothing was predicted.",
        "401" => "The request has no valid credentials.",
        "403" => "The credentials of the request are not enough.",
        "404" => "The path is not served, or not any more.",
        "405" => "The path does not answer this method; `Allow` lists those that it does.",
        "413" => "The body is larger than the server allows.",
        "415" => "The content type of the body is not JSON.",
        "500" => "The server failed; its log has the details under the correlation id.",
        "503" => "The server cannot answer now; `Retry-After` tells when to try again.",
        _ => "Any other error.",
    };

    private static Dictionary<string, OpenApiMediaType> Content(OpenApiDocument document) => new(StringComparer.Ordinal)
    {
        [ProblemWriter.ContentType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(ComponentNames.Error, document) },
        [ProblemWriter.PlainType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(ComponentNames.Error, document) },
    };
}
