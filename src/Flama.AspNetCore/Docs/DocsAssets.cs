using Swashbuckle.AspNetCore.SwaggerUI;

namespace Flama.AspNetCore.Docs;

/// <summary>The files of the interactive page: those of Swagger UI as its package embeds them, with the script that starts it and the style that mends it.</summary>
internal sealed class DocsAssets
{
    public const string Style = "swagger-ui.css";
    public const string Bundle = "swagger-ui-bundle.js";
    public const string Start = "start.js";
    public const string Page = "page.css";

    private const string Folder = "Swashbuckle.AspNetCore.SwaggerUI.node_modules.swagger_ui_dist.";

    public IReadOnlyList<DocsAsset> All { get; } =
    [
        new(Style, "text/css; charset=utf-8", ReadEmbedded(Style)),
        new(Bundle, "text/javascript; charset=utf-8", ReadEmbedded(Bundle)),
        DocsAsset.Own(Start, "text/javascript; charset=utf-8"),
        DocsAsset.Own(Page, "text/css; charset=utf-8"),
    ];

    private static byte[] ReadEmbedded(string name) => DocsAsset.Read(typeof(SwaggerUIOptions).Assembly, Folder + name);
}
