using Microsoft.AspNetCore.Http.Metadata;

namespace Flama.AspNetCore.Resources;

/// <summary>The limit of the bodies that a resource's own methods take, kept by the server: those bodies are read by the framework.</summary>
internal sealed record BodyLimit(long MaxBytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => MaxBytes;
}
