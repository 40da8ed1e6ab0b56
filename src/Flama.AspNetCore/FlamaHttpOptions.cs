namespace Flama.AspNetCore;

/// <summary>What a user decides about Flama's endpoints. Read once, when the first of them is mapped.</summary>
public sealed class FlamaHttpOptions
{
    /// <summary>The path of the OpenAPI document, starting with a slash; null or empty switches it off. Default <c>/schema/</c>.</summary>
    public string? SchemaPath { get; set; } = "/schema/";

    /// <summary>
    /// The path of the interactive page, starting with a slash; null or empty switches it off. It needs the document.
    /// Default <c>/docs/</c>.
    /// </summary>
    public string? DocsPath { get; set; } = "/docs/";

    /// <summary>
    /// Whether browsers get pages that show the routes (404) and the exception (500). Never switch it on where strangers can reach the
    /// application. Default false.
    /// </summary>
    public bool Debug { get; set; }

    /// <summary>The largest request body in bytes, compressed or not, 1 or more; a larger one is answered with 413. Default 32 MiB.</summary>
    public long MaxRequestBodyBytes { get; set; } = 32 << 20;

    /// <summary>
    /// What large requests may hold in memory together, in bytes, 1 MiB or more. One that needs more on its own is answered with 413, one for which
    /// there is not enough left at the moment with 503 and <c>Retry-After</c>. Null (default) for half of what the process has left for its heap when the
    /// first large request comes; limits of containers and of the runtime count.
    /// </summary>
    public long? MaxRequestMemoryBytes { get; set; }

    /// <summary>
    /// Whether answers of a model's endpoints carry <c>X-Model-Id</c>, <c>X-Model-Version</c> and, for models from a file, <c>X-Model-Digest</c> (SHA-256 of the
    /// file); errors too; streams do not, since each of their parts is answered by the model of its moment. Default true.
    /// </summary>
    public bool ModelHeaders { get; set; } = true;

    /// <summary>WebSocket connections of <c>{url}stream/</c>.</summary>
    public WebSocketStreamOptions WebSockets { get; } = new();
}
