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

    /// <summary>
    /// How many requests of one model compute at a time, 1 or more, streams and WebSocket connections included; others wait, up to <see cref="MaxModelQueue"/>. Null (default) for
    /// any number. About the number of processors is best; the thread pool needs as many threads more (<c>ThreadPool.SetMinThreads</c>), so that refusals need not wait for one.
    /// </summary>
    public int? MaxModelConcurrency { get; set; }

    /// <summary>
    /// How many requests of one model wait to compute where <see cref="MaxModelConcurrency"/> is set, 0 or more. One too many, or one that would wait longer than
    /// <see cref="RequestTimeout"/> by what the last ones took, is answered 503 with <c>Retry-After</c> when it comes. Parts of streams wait in any case. Default 100.
    /// </summary>
    public int MaxModelQueue { get; set; } = 100;

    /// <summary>
    /// The longest that a request of a method may take from its head to its answer, more than zero; then the computation is stopped between blocks of rows, and the answer is 504.
    /// Not for streams. Null (default) for any time. The application calls <c>AddRequestTimeouts</c> and <c>UseRequestTimeouts</c>.
    /// </summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>The most rows of a request, or of a part of a stream, 1 or more; more are answered 413. Null (default) for as many as the body holds.</summary>
    public int? MaxRows { get; set; }

    /// <summary>The most values of a request, rows times columns, 1 or more; more are answered 413. Null (default) for as many as the body holds.</summary>
    public long? MaxCells { get; set; }

    /// <summary>WebSocket connections of <c>{url}stream/</c>.</summary>
    public WebSocketStreamOptions WebSockets { get; } = new();
}
