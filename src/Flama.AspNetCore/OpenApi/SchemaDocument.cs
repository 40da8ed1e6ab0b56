using System.Text;
using Flama.AspNetCore.Models;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The application's OpenAPI document. It is made at the first request and kept until a model is replaced. Thread-safe.</summary>
internal sealed class SchemaDocument(IServiceProvider services, ServedModels models)
{
    /// <summary>The name under which the framework knows the document.</summary>
    public const string Name = "flama";

    private readonly Lock sync = new();
    private Task<byte[]>? making;
    private int version;

    /// <summary>The document in UTF-8, a JSON object without <c>servers</c>.</summary>
    public Task<byte[]> GetAsync()
    {
        lock (sync)
        {
            // A failed attempt is not kept: the next request tries again. Neither is one that a new model may have come into.
            if (making is null or { IsFaulted: true } or { IsCanceled: true } || version != models.Version)
            {
                version = models.Version;
                making = MakeAsync();
            }

            return making;
        }
    }

    private async Task<byte[]> MakeAsync()
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return Encoding.UTF8.GetBytes(SecurityMember.AddTo(json));
    }
}
