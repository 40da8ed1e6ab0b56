using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The OpenAPI document of an application with its models. It is made at the first request and kept until a model is replaced. Thread-safe.</summary>
internal sealed class SchemaDocument(IServiceProvider host, HttpServices services)
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
            if (making is null or { IsFaulted: true } or { IsCanceled: true } || version != Version)
            {
                version = Version;
                making = MakeAsync();
            }

            return making;
        }
    }

    private int Version => services.Routes.Version + services.Repositories.Sum(dispatch => dispatch.Repository.Generation);

    private async Task<byte[]> MakeAsync()
    {
        using var repositories = RepositorySnapshot.Take(services);
        await using var generator = DocumentGenerator.Make(host, services, repositories);
        var provider = generator.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return Encoding.UTF8.GetBytes(SecurityMember.AddTo(json));
    }
}
