using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The application's OpenAPI document. It is made at the first request and kept. Thread-safe.</summary>
internal sealed class SchemaDocument(IServiceProvider services)
{
    /// <summary>The name under which the framework knows the document.</summary>
    public const string Name = "flama";

    private readonly Lock sync = new();
    private Task<byte[]>? making;

    /// <summary>The document in UTF-8, a JSON object without <c>servers</c>.</summary>
    public Task<byte[]> GetAsync()
    {
        lock (sync)
        {
            // A failed attempt is not kept: the next request tries again.
            return making is null or { IsFaulted: true } or { IsCanceled: true } ? making = MakeAsync() : making;
        }
    }

    private async Task<byte[]> MakeAsync()
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return Encoding.UTF8.GetBytes(json);
    }
}
