namespace Flama.AspNetCore;

/// <summary>What a user decides about an application that serves models. Read once, when the application starts.</summary>
public sealed class FlamaOptions
{
    /// <summary>The title of the API in its OpenAPI document and on the docs page. Default <c>Flama</c>.</summary>
    public string Title { get; set; } = "Flama";

    /// <summary>The version of the API in its OpenAPI document. Default <c>0.1.0</c>.</summary>
    public string Version { get; set; } = "0.1.0";

    /// <summary>The description of the API in its OpenAPI document. Default <c>Fire up with the flame</c>.</summary>
    public string Description { get; set; } = "Fire up with the flame";

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

    /// <summary>The largest request body in bytes, 1 or more; a larger one is answered with 413. Default 32 MiB.</summary>
    public long MaxRequestBodyBytes { get; set; } = 32 << 20;

    /// <summary>
    /// On how many threads the rows of one request may be computed, 1 or more. Batches of a few hundred rows and more are divided; the
    /// lines and messages of streams are not. Default 1: requests share the processors among themselves.
    /// </summary>
    public int MaxDegreeOfParallelism { get; set; } = 1;

    /// <summary>The engines that load models. Default none: add one for each framework.</summary>
    public ModelEngines Engines { get; } = new();
}
