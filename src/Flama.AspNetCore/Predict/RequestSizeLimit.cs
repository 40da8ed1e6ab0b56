using Microsoft.AspNetCore.Http.Metadata;

namespace Flama.AspNetCore.Predict;

/// <summary>The limit of an endpoint's body, and what routing sets the server's own limit to, which is smaller by default.</summary>
/// <remarks>
/// The reader keeps the limit to the byte. The server counts the framing of chunks as well, so that it is allowed more; for it the limit only
/// stops a body that is mostly framing.
/// </remarks>
internal sealed record RequestSizeLimit(long MaxBytes) : IRequestSizeLimitMetadata
{
    private const int Slack = 64 * 1024;

    public long? MaxRequestBodySize => (2 * MaxBytes) + Slack;
}
