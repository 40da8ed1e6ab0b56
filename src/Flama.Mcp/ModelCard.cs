using System.Text;
using Flama.AspNetCore.Calls;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Flama.Mcp;

/// <summary>The card of a model as a resource: metadata and the list of its artifacts, as <c>GET</c> of its path shows them. Thread-safe.</summary>
internal sealed class ModelCard : McpServerResource
{
    private const string Json = "application/json";

    private readonly McpModels models;

    public ModelCard(CalledModel model, McpModels models)
    {
        Model = model;
        this.models = models;
        ProtocolResourceTemplate = new ResourceTemplate
        {
            Name = model.Name,
            Title = $"Card of the model '{model.Name}'",
            Description = $"What '{model.Name}' is: metadata of {model.Title} and the list of its artifacts.",
            UriTemplate = $"flama://models/{Uri.EscapeDataString(model.Name)}",
            MimeType = Json,
        };
    }

    /// <summary>The model.</summary>
    public CalledModel Model { get; }

    public override ResourceTemplate ProtocolResourceTemplate { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override bool IsMatch(string uri) => string.Equals(uri, ProtocolResourceTemplate.UriTemplate, StringComparison.Ordinal);

    /// <summary>Whether the caller of a request may read it.</summary>
    public ValueTask<bool> IsForAsync(HttpContext request) => models.Calls.AllowsAsync(request, Model, null);

    public override async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken = default)
    {
        var context = CurrentRequest.Get();
        var answer = await models.Calls.InspectAsync(context, Model, cancellationToken);
        if (!Model.IsKnown)
        {
            models.Refresh();
        }

        if (answer is { Status: StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound, Body.Length: 0 })
        {
            throw new McpProtocolException(
                answer.Status == StatusCodes.Status404NotFound
                    ? $"The model '{Model.Name}' is not shown."
                    : $"The credentials of the request do not allow inspecting the model '{Model.Name}'.",
                McpErrorCode.InvalidRequest);
        }

        return answer.IsSuccess
            ? new ReadResourceResult
            {
                Contents = [new TextResourceContents { Uri = ProtocolResourceTemplate.UriTemplate, MimeType = Json, Text = Encoding.UTF8.GetString(answer.Body.Span) }],
            }
            : throw new McpProtocolException(ToolError.Of(answer, Model.Name, "inspect").Content.OfType<TextContentBlock>().First().Text, McpErrorCode.InternalError);
    }
}
