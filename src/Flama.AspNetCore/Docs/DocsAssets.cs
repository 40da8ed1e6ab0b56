using Swashbuckle.AspNetCore.SwaggerUI;

namespace Flama.AspNetCore.Docs;

/// <summary>The files of the interactive page: those of Swagger UI as its package embeds them, and the script that starts it.</summary>
internal sealed class DocsAssets
{
    public const string Style = "swagger-ui.css";
    public const string Bundle = "swagger-ui-bundle.js";
    public const string Start = "start.js";

    private const string Folder = "Swashbuckle.AspNetCore.SwaggerUI.node_modules.swagger_ui_dist.";

    // No badge from the validator on the internet, and the form for trying a request open at once.
    private const string StartScript = """
        const page = document.getElementById("swagger-ui");
        SwaggerUIBundle({
          url: page.dataset.schema,
          domNode: page,
          deepLinking: true,
          tryItOutEnabled: true,
          displayRequestDuration: true,
          defaultModelsExpandDepth: 0,
          validatorUrl: null,
          presets: [SwaggerUIBundle.presets.apis],
          layout: "BaseLayout",
        });
        """;

    public IReadOnlyList<DocsAsset> All { get; } =
    [
        new(Style, "text/css; charset=utf-8", ReadEmbedded(Style)),
        new(Bundle, "text/javascript; charset=utf-8", ReadEmbedded(Bundle)),
        new(Start, "text/javascript; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(StartScript)),
    ];

    private static byte[] ReadEmbedded(string name)
    {
        using var stream = typeof(SwaggerUIOptions).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"The Swagger UI package has no {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
