using Flama.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Flama.AspNetCore;

/// <summary>Describes error answers in OpenAPI documents.</summary>
public static class OpenApiErrorExtensions
{
    /// <summary>Adds error answers with Flama's schema of errors, which the document gets where it does not have it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="document">Its document.</param>
    /// <param name="errors">What each status means, by status.</param>
    public static void AddFlamaErrors(this OpenApiOperation operation, OpenApiDocument document, IEnumerable<KeyValuePair<string, string>> errors)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(errors);
        ErrorSchema.AddTo(document);
        operation.Responses ??= [];
        foreach (var (status, description) in errors)
        {
            operation.Responses[status] = ErrorResponses.Make(description, document);
        }
    }
}
