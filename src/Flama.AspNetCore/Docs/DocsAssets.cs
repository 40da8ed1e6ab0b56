using System.Reflection;
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
        new(Start, "text/javascript; charset=utf-8", ReadOwn(Start)),
        new(Page, "text/css; charset=utf-8", ReadOwn(Page)),
    ];

    private static byte[] ReadEmbedded(string name) => Read(typeof(SwaggerUIOptions).Assembly, Folder + name);

    private static byte[] ReadOwn(string name) => Read(typeof(DocsAssets).Assembly, name);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
