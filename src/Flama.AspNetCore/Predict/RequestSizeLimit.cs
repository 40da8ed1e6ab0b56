using Microsoft.AspNetCore.Http.Metadata;

namespace Flama.AspNetCore.Predict;

/// <summary>Tells routing to set the server's own limit, which is smaller by default, to ours.</summary>
internal sealed record RequestSizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
